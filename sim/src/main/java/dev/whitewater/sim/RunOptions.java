package dev.whitewater.sim;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.StreamCheckpoints;

/**
 * How a run is observed, and what its host brings along. Nothing in here changes what happens in
 * it, but for the layout of checkpoints: other bytes on the disks are another run.
 *
 * @param fullTrace keep every event with its words; else only the last ones, as bare records
 * @param eventsMax a run that handles more events is stopped as {@link Verdict.Crashed}: it has run
 *     away
 * @param lookout is shown how far the run has come
 * @param checksum of frames and files; a platform may have a faster one, with the same values
 * @param checkpoints how members lay out their snapshots
 */
public record RunOptions(
        boolean fullTrace,
        long eventsMax,
        Lookout lookout,
        Checksum checksum,
        Checkpoints checkpoints) {

    public static final RunOptions QUICK = usual(/* fullTrace */ false);
    public static final RunOptions TRACED = usual(/* fullTrace */ true);

    private static RunOptions usual(boolean fullTrace) {
        return new RunOptions(
                fullTrace, 2_000_000_000L, Lookout.NONE, Crc32c::of, new StreamCheckpoints());
    }

    /** The same, stopped earlier. */
    public RunOptions withEventsMax(long newMax) {
        return new RunOptions(fullTrace, newMax, lookout, checksum, checkpoints);
    }

    /** The same, watched by {@code newLookout}. */
    public RunOptions withLookout(Lookout newLookout) {
        return new RunOptions(fullTrace, eventsMax, newLookout, checksum, checkpoints);
    }

    /** The same, with checksums computed otherwise. */
    public RunOptions withChecksum(Checksum newChecksum) {
        return new RunOptions(fullTrace, eventsMax, lookout, newChecksum, checkpoints);
    }

    /** The same members, with snapshots laid out otherwise. */
    public RunOptions withCheckpoints(Checkpoints layout) {
        return new RunOptions(fullTrace, eventsMax, lookout, checksum, layout);
    }
}
