package dev.whitewater.scenarios.swarm;

import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.sim.Counters;
import dev.whitewater.sim.Probe;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Sums over many runs, with probes: situations that a swarm must have met somewhere, or its silence
 * means nothing.
 */
public final class SwarmTally {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Situations by name besides those of {@link Probe}; what counts them is {@link #probe}. */
    private static final List<String> OF_CLIENTS =
            List.of(
                    "client-answered",
                    "client-refused",
                    "client-unknown",
                    "several-leaders",
                    "frame-lost",
                    "frame-cut",
                    "frame-duplicated");

    private static final String FAULT = "fault-";

    /** The kinds of faults that a swarm draws. */
    public static final List<String> FAULTS =
            List.of(
                    "bit-rot",
                    "black-hole",
                    "clock-drift",
                    "clock-freeze",
                    "clock-jump",
                    "clog",
                    "crash",
                    "crash-at",
                    "crash-in-write",
                    "cut-links",
                    "defragment",
                    "demote",
                    "disk-error",
                    "full-disk",
                    "isolate",
                    "kill",
                    "kill-in-write",
                    "lossy-links",
                    "misdirected-write",
                    "no-space-alarm",
                    "partition",
                    "pause",
                    "remove",
                    "reordered-links",
                    "restart",
                    "slow-disk",
                    "slow-links",
                    "stalled-sync",
                    "swizzle",
                    "transfer",
                    "wipe");

    private final TreeMap<String, Long> faults = new TreeMap<>();
    private final TreeMap<String, Long> probes = new TreeMap<>();
    private final TreeMap<String, Long> pairs = new TreeMap<>();
    private long runs;
    private long events;
    private long virtualNanos;
    private long failures;
    private long unknownVerdicts;
    private long leaderChanges;
    private long ok;
    private long refused;
    private long unknown;

    public void add(RunOutcome outcome) {
        Counters counters = outcome.result().counters();
        runs++;
        events += outcome.result().events();
        virtualNanos += outcome.result().virtualNanos();
        Judgement.Kind kind = outcome.judgement().kind();
        unknownVerdicts += kind == Judgement.Kind.UNKNOWN ? 1 : 0;
        failures += kind != Judgement.Kind.UNKNOWN && kind != Judgement.Kind.PASSED ? 1 : 0;
        leaderChanges += counters.leaderChanges();
        ok += counters.operations().ok();
        refused += counters.operations().refused();
        unknown += counters.operations().unknown();
        counters.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        for (String name : expected()) {
            if (probe(name, counters) > 0) {
                probes.merge(name, 1L, Long::sum);
            }
        }
        List<String> kinds = List.copyOf(counters.faults().keySet());
        for (int i = 0; i < kinds.size(); i++) {
            for (String other : kinds.subList(i + 1, kinds.size())) {
                pairs.merge(kinds.get(i) + "+" + other, 1L, Long::sum);
            }
        }
    }

    /** All situations that a swarm must meet, by name. */
    public static List<String> expected() {
        List<String> names = new ArrayList<>(OF_CLIENTS);
        FAULTS.forEach(kind -> names.add(FAULT + kind));
        for (Probe probe : Probe.values()) {
            names.add(probe.text());
        }
        return names;
    }

    /** In how many runs two kinds of faults met, by their names with a plus between. */
    public TreeMap<String, Long> faultPairs() {
        return new TreeMap<>(pairs);
    }

    /** How many pairs of kinds there are that can meet: no disk is damaged where members change. */
    public static int faultPairsPossible() {
        return FAULTS.size() * (FAULTS.size() - 1) / 2 - 2 * 3;
    }

    private static long probe(String name, Counters counters) {
        return switch (name) {
            case "client-answered" -> counters.operations().ok();
            case "client-refused" -> counters.operations().refused();
            case "client-unknown" -> counters.operations().unknown();
            case "several-leaders" -> counters.leaderChanges() - 1;
            case "frame-lost" -> counters.messages().lost();
            case "frame-cut" -> counters.messages().cut();
            case "frame-duplicated" -> counters.messages().duplicated();
            default ->
                    name.startsWith(FAULT)
                            ? counters.faults().getOrDefault(name.substring(FAULT.length()), 0L)
                            : counters.probes().getOrDefault(name, 0L);
        };
    }

    public long runs() {
        return runs;
    }

    public long events() {
        return events;
    }

    public double virtualSeconds() {
        return virtualNanos / NANOS_PER_SECOND;
    }

    public long failures() {
        return failures;
    }

    public long unknownVerdicts() {
        return unknownVerdicts;
    }

    public long leaderChanges() {
        return leaderChanges;
    }

    public long operationsOk() {
        return ok;
    }

    public long operationsRefused() {
        return refused;
    }

    public long operationsUnknown() {
        return unknown;
    }

    /** How often each kind of fault fired. */
    public TreeMap<String, Long> faults() {
        return new TreeMap<>(faults);
    }

    /** The probes that at least one run hit, with the number of runs. */
    public TreeMap<String, Long> probesHit() {
        return new TreeMap<>(probes);
    }

    public List<String> probesDark() {
        List<String> dark = new ArrayList<>(expected());
        dark.removeAll(probes.keySet());
        return dark;
    }
}
