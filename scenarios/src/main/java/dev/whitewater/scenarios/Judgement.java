package dev.whitewater.scenarios;

import java.util.List;

/**
 * What is to be said of a run.
 *
 * @param monitor the id of the rule that was broken, as M7; empty for none
 * @param monitorName the rule in words
 * @param message one or two sentences for a person
 * @param event where in the trace it was seen; 0 for nowhere
 */
public record Judgement(
        Kind kind,
        String monitor,
        String monitorName,
        String message,
        long event,
        Evidence evidence) {

    /** The kinds, with their exit codes. */
    public enum Kind {
        PASSED("passed", 0),
        SAFETY_VIOLATED("violated", 2),
        LIVENESS_VIOLATED("violated", 3),
        UNKNOWN("unknown", 4),
        CRASHED("violated", 5);

        private final String word;
        private final int exitCode;

        Kind(String word, int exitCode) {
            this.word = word;
            this.exitCode = exitCode;
        }

        /** One of the three words that a verdict can be. */
        public String word() {
            return word;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * The few client operations that prove a violation.
     *
     * @param operations their places in the history
     */
    public record Evidence(List<Integer> operations, String text) {
        public static final Evidence NONE = new Evidence(List.of(), "");

        public Evidence {
            operations = List.copyOf(operations);
        }
    }

    static Judgement passed(String message) {
        return new Judgement(Kind.PASSED, "", "", message, 0, Evidence.NONE);
    }

    static Judgement unknown(String message) {
        return new Judgement(Kind.UNKNOWN, "", "", message, 0, Evidence.NONE);
    }

    /** The same with what else is to be said of a run that kept the rules. */
    Judgement adding(String text) {
        return isPassed()
                ? passed(message + " That the cluster works again was not demanded: " + text + ".")
                : this;
    }

    public boolean isPassed() {
        return kind == Kind.PASSED;
    }
}
