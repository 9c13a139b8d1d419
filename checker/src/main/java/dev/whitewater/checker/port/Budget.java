package dev.whitewater.checker.port;

/**
 * What a search may spend. Searches ask often and stop with an unknown verdict when refused; they
 * know no clock themselves, so that the same search can run in a browser.
 */
public interface Budget {
    /** Without bounds. */
    Budget UNLIMITED =
            new Budget() {
                @Override
                public boolean outOfTime() {
                    return false;
                }

                @Override
                public boolean reserve(long bytes) {
                    return true;
                }

                @Override
                public void release(long bytes) {}
            };

    /** Whether the time is over. */
    boolean outOfTime();

    /** Asks for memory; false when it would be too much, and then nothing was taken. */
    boolean reserve(long bytes);

    /** Gives memory back. */
    void release(long bytes);
}
