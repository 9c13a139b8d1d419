package dev.whitewater.sim;

/**
 * How a run is observed. Nothing in here changes what happens in it.
 *
 * @param fullTrace keep every event with its words; else only the last ones, as bare records
 * @param eventsMax a run that handles more events is stopped as {@link Verdict.Crashed}: it has run
 *     away
 * @param lookout is shown how far the run has come
 */
public record RunOptions(boolean fullTrace, long eventsMax, Lookout lookout) {

    public static final RunOptions QUICK = new RunOptions(false, 2_000_000_000L, Lookout.NONE);
    public static final RunOptions TRACED = new RunOptions(true, 2_000_000_000L, Lookout.NONE);

    /** The same, watched by {@code newLookout}. */
    public RunOptions withLookout(Lookout newLookout) {
        return new RunOptions(fullTrace, eventsMax, newLookout);
    }
}
