package dev.whitewater.cli;

import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.scenarios.io.RunFolder;
import dev.whitewater.scenarios.io.VerdictFile;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

@Command(
        name = "determinism",
        description =
                "Runs the same seeds in fresh JVMs with hostile flags and compares their traces;"
                        + " names the first event that differs, if any.",
        footer = {"  ./whitewater determinism", "  ./whitewater determinism --seeds 1..20"})
final class DeterminismCommand extends CommandDefaults {

    private static final String LEAK = "whitewater.leak";
    private static final long LEAKED_FRAME = 20;

    /** With so many seeds each named scenario is run. */
    private static final long NAMED_SEEDS = 10;

    private static final long LEAK_NANOS = 100_000_000;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description =
                    "Seeds of random runs; the first ten also of each scenario (default: 1..2).")
    private String seeds = "1..2";

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    /** What a child process does. */
    @Option(names = "--print-hashes", hidden = true)
    private boolean printHashes;

    /** What a child process does when a difference is looked for. */
    @Option(names = "--write-trace", hidden = true)
    private String writeTrace = "";

    /** Adds a JVM that drops one frame that the others deliver: the gate must name the event. */
    @Option(names = "--with-a-leak", hidden = true)
    private boolean withLeak;

    DeterminismCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        SeedRange range = SeedRange.parse(seeds);
        if (!writeTrace.isEmpty()) {
            RunFolder folder = RunFolder.create(Path.of(writeTrace));
            folder.write(Runner.traced(subject(range.first())), 0);
            return ExitCode.PASSED;
        }
        if (printHashes) {
            printHashes(range);
            return ExitCode.PASSED;
        }
        return compare();
    }

    /** Named scenarios and random runs take turns, so that a few seeds see both. */
    private static PlannedRun subject(long number) {
        return Boolean.getBoolean(LEAK) ? leaking(honest(number)) : honest(number);
    }

    private static PlannedRun leaking(PlannedRun run) {
        List<FaultPlan> faults = new ArrayList<>(run.scenario().plan().faults());
        Fault drop = new Fault.DropFrame(new Fault.Link(1, 2), 1, LEAKED_FRAME);
        faults.add(new FaultPlan("leak", LEAK_NANOS, 3_600_000_000_000L, drop));
        return run.withScenario(run.scenario().withPlan(run.scenario().plan().withFaults(faults)));
    }

    private static PlannedRun honest(long number) {
        List<String> names = NamedScenarios.names();
        int kinds = names.size() + 1;
        int kind = (int) (number % kinds);
        long seed = number / kinds + 1;
        return kind == names.size()
                ? SwarmPlans.expand(seed, Rapids.IV)
                : NamedScenarios.byName(names.get(kind)).withSeed(seed);
    }

    /**
     * A random run of each seed, and every named scenario with the first few: they leave little to
     * the seed, and with hundreds of seeds they would be most of the work in every JVM.
     */
    private static LongStream subjects(SeedRange range) {
        long kinds = NamedScenarios.names().size() + 1L;
        return LongStream.rangeClosed(range.first(), range.last())
                .flatMap(
                        seed -> {
                            boolean named = seed - range.first() < NAMED_SEEDS;
                            long end = seed * kinds;
                            return LongStream.range(named ? end - kinds : end - 1, end);
                        });
    }

    private void printHashes(SeedRange range) {
        subjects(range)
                .forEach(
                        number -> {
                            long hash = Runner.quick(subject(number)).result().traceHash();
                            screen().line(number + " " + VerdictFile.hash(hash));
                        });
    }

    private int compare() throws IOException {
        List<String> arguments = List.of("determinism", "--print-hashes", "--seeds", seeds);
        List<JvmVariant> variants = new ArrayList<>(JvmVariant.all());
        if (withLeak) {
            variants.add(1, new JvmVariant("leak", List.of("-D" + LEAK + "=true")));
        }
        List<String> expected = List.of();
        List<String> names = new ArrayList<>();
        try (Progress progress = new Progress(screen(), "determinism", variants.size())) {
            for (JvmVariant variant : variants) {
                List<String> hashes = ChildJvm.run(variant, arguments);
                if (names.isEmpty()) {
                    expected = hashes;
                }
                names.add(variant.name());
                progress.step(variant.name());
                if (!hashes.equals(expected)) {
                    return differs(variant, expected, hashes);
                }
                if (!json) {
                    screen().line(screen().good("the same  ") + variant.name());
                    screen().out().flush();
                }
            }
        }
        int runs = expected.size();
        if (json) {
            screen().line(
                            Json.object(
                                    o ->
                                            o.truth("deterministic", true)
                                                    .number("runs", runs)
                                                    .texts("jvms", names)));
        } else {
            screen().line(runs + " runs, equal in " + names.size() + " JVMs, event by event.");
        }
        return ExitCode.PASSED;
    }

    private int differs(JvmVariant variant, List<String> expected, List<String> hashes)
            throws IOException {
        int at = 0;
        while (at < expected.size()
                && at < hashes.size()
                && expected.get(at).equals(hashes.get(at))) {
            at++;
        }
        String number = expected.get(at).substring(0, expected.get(at).indexOf(' '));
        PlannedRun run = subject(Long.parseLong(number));
        List<String> here = trace(JvmVariant.all().getFirst(), number);
        List<String> there = trace(variant, number);
        int line = 0;
        while (line < here.size()
                && line < there.size()
                && here.get(line).equals(there.get(line))) {
            line++;
        }
        String one = line < here.size() ? here.get(line) : "the trace has ended";
        String other = line < there.size() ? there.get(line) : "the trace has ended";
        int event = line + 1;
        if (json) {
            screen().line(
                            Json.object(
                                    o ->
                                            o.truth("deterministic", false)
                                                    .text("run", run.reproduce())
                                                    .text("jvm", variant.name())
                                                    .number("line", event)
                                                    .text("plain", one)
                                                    .text("other", other)));
        } else {
            screen().line(screen().bad("DIFFERS  ") + run.reproduce() + " at line " + event);
            screen().line("  plain:  " + one);
            screen().line("  " + variant.name() + ":  " + other);
        }
        return ExitCode.HARNESS_FAILED;
    }

    private static List<String> trace(JvmVariant variant, String number) throws IOException {
        Path folder = Files.createTempDirectory("whitewater");
        ChildJvm.run(
                variant,
                List.of("determinism", "--write-trace", folder.toString(), "--seeds", number));
        return Files.readAllLines(folder.resolve(RunFolder.TRACE));
    }
}
