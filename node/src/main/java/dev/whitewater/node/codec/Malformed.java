package dev.whitewater.node.codec;

/**
 * Bytes that are not what they should be. Whoever reads foreign bytes catches it and refuses them
 * with its message; it carries no stack trace, since a hostile sender must not make us pay for one.
 */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
        super(message, null, false, false);
    }
}
