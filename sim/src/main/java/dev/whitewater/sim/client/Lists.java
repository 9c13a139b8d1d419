package dev.whitewater.sim.client;

/**
 * The lists that all appenders work on: a few at a time, and others once those have become long, so
 * that what is written doesn't grow with the length of the run.
 */
final class Lists {

    static final int AT_ONCE = 3;

    private static final int APPENDS_MOST = 60;

    private long appends;

    /**
     * What the names of the current lists begin with: before any that others delete ranges from.
     */
    String prefix() {
        return "e" + appends / APPENDS_MOST + "-";
    }

    /** Somebody is about to append. */
    void appending() {
        appends++;
    }
}
