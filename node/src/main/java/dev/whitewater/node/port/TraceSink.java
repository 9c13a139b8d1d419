package dev.whitewater.node.port;

/**
 * Receives what a member wants to tell a reader about its reasons: "refused vote: candidate's log
 * 1/3 is behind mine 1/5". Costs nothing when {@link #enabled()} is false, since no text is built
 * then.
 */
public interface TraceSink {

    TraceSink NONE =
            new TraceSink() {
                @Override
                public boolean enabled() {
                    return false;
                }

                @Override
                public void note(String text) {}
            };

    boolean enabled();

    /**
     * One clause in the words of the thesis, without the member's own name or the time: both are
     * known here.
     */
    void note(String text);
}
