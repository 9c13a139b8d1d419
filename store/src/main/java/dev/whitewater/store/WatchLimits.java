package dev.whitewater.store;

/**
 * How much is told at once.
 *
 * @param eventsMost an answer ends with the revision in which it reaches so many events
 * @param bytesMost likewise for the size of keys and values, and where fragments are cut
 * @param scanMost so many versions of other keys are passed over before others get their turn
 */
public record WatchLimits(int eventsMost, int bytesMost, int scanMost) {
    public static final WatchLimits DEFAULT = new WatchLimits(1000, 3 << 19, 10_000);
}
