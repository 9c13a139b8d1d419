package dev.whitewater.cli;

import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.runner.Runner;
import dev.whitewater.scenarios.Durations;

import picocli.CommandLine.Option;

import java.time.Duration;

/** What a verdict may cost. */
final class BudgetQuestion {
    private static final String SIZE = "a size such as 512m or 2g (a whole number and k, m or g)";
    private static final int KILO_BITS = 10;
    private static final int DIGITS = 9;

    @Option(
            names = {"--timeout", "--budget"},
            paramLabel = "T",
            description =
                    "Give up after this, with verdict unknown (default: 60s; elle: never, as it"
                            + " never searches).")
    private String timeout = "";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "Give up when judging takes more than this, with verdict unknown (default:"
                            + " 60 %% of the heap).")
    private String memory = "";

    /** Refuses what is no duration or size, before anything is read. */
    void check() {
        nanos("60s");
        bytes();
    }

    /**
     * The budget, from now on.
     *
     * @param byDefault how long, if the user doesn't say
     */
    Budget budget(String byDefault) {
        return Runner.budget(Duration.ofNanos(nanos(byDefault)), bytes());
    }

    private long nanos(String byDefault) {
        long nanos = Durations.parse(timeout.isEmpty() ? byDefault : timeout);
        if (nanos <= 0) {
            throw Refused.usage(
                    "--timeout: expected " + Durations.EXPECTED + ", found \"" + timeout + "\".");
        }
        return nanos;
    }

    private long bytes() {
        if (memory.isEmpty()) {
            return Runner.heapShare();
        }
        int digits = memory.length() - 1;
        int unit = "kmg".indexOf(Character.toLowerCase(memory.charAt(digits)));
        boolean number = memory.substring(0, digits).chars().allMatch(c -> c >= '0' && c <= '9');
        if (unit < 0 || digits == 0 || digits > DIGITS || !number) {
            throw Refused.usage("--memory: expected " + SIZE + ", found \"" + memory + "\".");
        }
        return Long.parseLong(memory.substring(0, digits)) << (KILO_BITS * (unit + 1));
    }
}
