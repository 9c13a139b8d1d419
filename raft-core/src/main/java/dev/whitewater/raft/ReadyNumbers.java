package dev.whitewater.raft;

/** Which Readys were handed out and which are durable. */
final class ReadyNumbers {

    private long handedOut;
    private long persisted;

    /** The number of the Ready that will carry what changes now. */
    long next() {
        return handedOut + 1;
    }

    long handOut() {
        return ++handedOut;
    }

    long persisted() {
        return persisted;
    }

    void persisted(long number) {
        Check.atMost("ready-handed-out", number, handedOut);
        persisted = Math.max(persisted, number);
    }
}
