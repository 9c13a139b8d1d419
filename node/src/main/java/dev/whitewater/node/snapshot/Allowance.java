package dev.whitewater.node.snapshot;

/** Bytes that may be sent by now: a rate, of which at most a tenth of a second is saved up. */
final class Allowance {

    private static final long SECOND = 1_000_000_000;

    private final long bytesPerSecond;
    private long left;
    private long filled;

    Allowance(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        left = bytesPerSecond / 10;
    }

    private boolean isUnlimited() {
        return bytesPerSecond == 0;
    }

    void refill(long now) {
        if (isUnlimited()) {
            return;
        }
        // What does not come to a whole byte is left for the next time.
        long passed = Math.min(now - filled, SECOND);
        long bytes = passed * bytesPerSecond / SECOND;
        if (bytes > 0 || passed == SECOND) {
            left = Math.min(bytesPerSecond / 10, left + bytes);
            filled = now;
        }
    }

    boolean hasSome() {
        return isUnlimited() || left >= 0;
    }

    /** May go below zero, since a chunk is not divided: then nothing goes out for a while. */
    void spend(long bytes) {
        left -= isUnlimited() ? 0 : bytes;
    }

    /** When there will be some again. */
    long nextAt() {
        return hasSome() ? Long.MAX_VALUE : filled + -left * SECOND / bytesPerSecond + 1;
    }
}
