package dev.whitewater.sim;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;

/**
 * How a run is observed. Nothing in here changes what happens in it.
 *
 * @param fullTrace keep every event with its words; else only the last ones, as bare records
 * @param eventsMax a run that handles more events is stopped as {@link Verdict.Crashed}: it has run
 *     away
 * @param lookout is shown how far the run has come
 * @param checksum of frames and files; a platform may have a faster one, with the same values
 */
public record RunOptions(boolean fullTrace, long eventsMax, Lookout lookout, Checksum checksum) {

    public static final RunOptions QUICK =
            new RunOptions(false, 2_000_000_000L, Lookout.NONE, Crc32c::of);
    public static final RunOptions TRACED =
            new RunOptions(true, 2_000_000_000L, Lookout.NONE, Crc32c::of);

    /** The same, watched by {@code newLookout}. */
    public RunOptions withLookout(Lookout newLookout) {
        return new RunOptions(fullTrace, eventsMax, newLookout, checksum);
    }

    /** The same, with checksums computed otherwise. */
    public RunOptions withChecksum(Checksum newChecksum) {
        return new RunOptions(fullTrace, eventsMax, lookout, newChecksum);
    }
}
