package dev.whitewater.server;

/** A member can't start or go on; the message is one sentence for the user. */
public final class ServerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerRefused(String sentence) {
        super(sentence);
    }
}
