package dev.whitewater.sim;

/** Looks at a run from outside every so often, to measure it; it can't change what happens. */
public interface Lookout {

    /** Nobody looks. */
    Lookout NONE =
            new Lookout() {
                @Override
                public long everyNanos() {
                    return Long.MAX_VALUE;
                }

                @Override
                public void look(Progress progress) {}
            };

    /**
     * How far a run has come.
     *
     * @param operations how many clients have called
     */
    record Progress(long virtualNanos, long events, long operations) {}

    /** How much simulated time there is between two looks. */
    long everyNanos();

    void look(Progress progress);
}
