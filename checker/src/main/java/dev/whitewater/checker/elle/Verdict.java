package dev.whitewater.checker.elle;

/** What a check came to. */
public enum Verdict {
    /** Nothing that was asked for is wrong. */
    VALID("true"),
    /** An anomaly was found that the expected models, or the options, forbid. */
    INVALID("false"),
    /** Nothing wrong was found, but there was nothing to judge by either. */
    UNKNOWN("unknown");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** As reports spell it: {@code true}, {@code false}, {@code unknown}. */
    public String label() {
        return label;
    }
}
