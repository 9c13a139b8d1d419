package dev.whitewater.raft;

/**
 * The bytes a leader took in and has not committed yet; beyond a limit it takes in no more, so that
 * a leader without a quorum does not grow without bound.
 */
final class UncommittedSize {

    private final long limit;
    private long bytes;

    UncommittedSize(long limit) {
        this.limit = limit;
    }

    /** One proposal always fits, however large, or it could never be taken in. */
    boolean fits(long more) {
        return bytes == 0 || bytes + more <= limit;
    }

    void add(long more) {
        bytes += more;
    }

    void committed(long fewer) {
        bytes -= fewer;
        Check.atMost("uncommitted-size-not-negative", 0, bytes);
    }

    long bytes() {
        return bytes;
    }
}
