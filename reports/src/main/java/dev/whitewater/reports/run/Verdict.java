package dev.whitewater.reports.run;

import java.util.List;

/**
 * How the run ended, and what it takes to see it again.
 *
 * @param monitor the rule that was broken ("M7"), or empty
 * @param event where it was seen, or {@link Event#NONE}
 */
public record Verdict(
        Outcome outcome,
        Origin origin,
        String monitor,
        String monitorName,
        String message,
        long event,
        Evidence evidence,
        long exitCode) {

    /** The three possible ends; a search that ran out of budget is never a pass. */
    public enum Outcome {
        PASSED,
        VIOLATED,
        UNKNOWN
    }

    /** What was run, and the line that runs it again. */
    public record Origin(
            String scenario,
            String seed,
            List<String> bugs,
            String rapids,
            String sut,
            String traceHash,
            String reproduce) {

        public Origin {
            bugs = List.copyOf(bugs);
        }
    }

    /** The few operations that prove a violation, and the sentence about them. */
    public record Evidence(List<Long> operations, String text) {

        public static final Evidence NONE = new Evidence(List.of(), "");

        public Evidence {
            operations = List.copyOf(operations);
        }
    }
}
