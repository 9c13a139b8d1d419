package dev.whitewater.sim;

/** What the monitors say of a run. The checks of its history come on top. */
public sealed interface Verdict {

    /** No monitor fired. */
    record Passed() implements Verdict {}

    /**
     * No monitor fired, and that the cluster works again could not be demanded: the plan took a
     * majority away for good.
     *
     * @param why what is gone
     */
    record Spared(String why) implements Verdict {}

    /**
     * A monitor fired, or a member met a broken rule of its own.
     *
     * @param monitor its id, as {@code M7}, or {@code core:<rule>}
     * @param name its name in words
     * @param event the trace's event at which it fired
     * @param liveness what had to happen did not; else what must not happen did
     */
    record Violated(String monitor, String name, String message, long event, boolean liveness)
            implements Verdict {}

    /** A member ended with an exception that is no refusal, no rule and no failed disk. */
    record Crashed(String what, long event) implements Verdict {}
}
