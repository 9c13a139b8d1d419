package dev.whitewater.raft;

/**
 * Receives the core's reasons: why a vote was refused, why a leader stepped down, why entries were
 * cut. No text is built while {@link #enabled()} is false.
 */
public interface ReasonSink {

    ReasonSink NONE =
            new ReasonSink() {
                @Override
                public boolean enabled() {
                    return false;
                }

                @Override
                public void because(String reason) {}
            };

    boolean enabled();

    /** One clause in the words of the thesis, without the member's own name or the time. */
    void because(String reason);
}
