package dev.whitewater.reports.run;

/**
 * One client operation, from its call to its return.
 *
 * @param returnNanos the time of the answer, or {@link #OPEN} when none came
 * @param expected what a compare-and-swap compared with, or empty
 * @param result what the client was told, or empty
 * @param revision the revision in the answer, or {@link Event#NONE}
 * @param returnEvent the event of the answer, or {@link Event#NONE}
 */
public record Operation(
        long id,
        int client,
        long invokeNanos,
        long returnNanos,
        String kind,
        String key,
        String value,
        String expected,
        Outcome outcome,
        String result,
        long revision,
        boolean serializable,
        int member,
        long invokeEvent,
        long returnEvent) {

    public static final long OPEN = Long.MAX_VALUE;

    /** What the client knows afterwards. */
    public enum Outcome {
        OK,
        /** It certainly did not happen. */
        REFUSED,
        /** It may have happened. */
        UNKNOWN
    }

    public boolean isOpen() {
        return returnNanos == OPEN;
    }
}
