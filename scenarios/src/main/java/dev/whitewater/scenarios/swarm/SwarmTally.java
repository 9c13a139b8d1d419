package dev.whitewater.scenarios.swarm;

import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.sim.Counters;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Sums over many runs, with probes: situations that a swarm must have met somewhere, or its silence
 * means nothing.
 */
public final class SwarmTally {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Situations by name; what counts them is {@link #probe}. */
    private static final List<String> PROBES =
            List.of(
                    "client-answered",
                    "client-refused",
                    "client-unknown",
                    "several-leaders",
                    "frame-lost",
                    "frame-cut",
                    "frame-duplicated",
                    "fault-bit-rot",
                    "fault-black-hole",
                    "fault-clock-drift",
                    "fault-clock-freeze",
                    "fault-clock-jump",
                    "fault-clog",
                    "fault-crash",
                    "fault-crash-at",
                    "fault-cut-links",
                    "fault-disk-error",
                    "fault-full-disk",
                    "fault-isolate",
                    "fault-kill",
                    "fault-lossy-links",
                    "fault-misdirected-write",
                    "fault-partition",
                    "fault-pause",
                    "fault-reordered-links",
                    "fault-restart",
                    "fault-slow-disk",
                    "fault-slow-links",
                    "fault-stalled-sync",
                    "fault-swizzle",
                    "fault-transfer",
                    "fault-remove",
                    "fault-demote",
                    "fault-wipe");

    private final TreeMap<String, Long> faults = new TreeMap<>();
    private final TreeMap<String, Long> probes = new TreeMap<>();
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
        for (String name : PROBES) {
            if (probe(name, counters) > 0) {
                probes.merge(name, 1L, Long::sum);
            }
        }
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
            default -> counters.faults().getOrDefault(name.substring("fault-".length()), 0L);
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
        List<String> dark = new ArrayList<>(PROBES);
        dark.removeAll(probes.keySet());
        return dark;
    }
}
