package dev.whitewater.node.port;

/**
 * Where a host can let the process die inside of an event. Costs an empty call where nobody wants
 * to know.
 */
public interface CrashPoints {

    CrashPoints NONE = point -> {};

    /**
     * The member has come to {@code point}. An exception that is thrown here ends it, as the death
     * of its process would: what it has submitted and sent is under way, what it has not never will
     * be.
     */
    void reached(CrashPoint point);
}
