package dev.whitewater.store.port;

/**
 * The files that a backend or a checkpoint lives in, as their owner sees them: images that are read
 * and written at once.
 *
 * <p>The host stands behind it with whatever a device does. What was written is read back from now
 * on, but survives a crash only after the host learned that a {@link BackendFile#sync} which came
 * after it is complete; before that a crash may leave any part of it. So nobody on this side may
 * conclude from {@code sync} returning that anything is durable: the host decides, by its own
 * completion events, which checkpoint counts. Names are chosen by the host; renaming, generations
 * and the removal of what is left over are its business too.
 *
 * <p>One owner, no threads. An image never fails to be read or written: a device that fails ends
 * the member, not the call.
 */
public interface BackendFiles {

    /** A new empty file; what had this name is gone. */
    BackendFile create(String name);

    /** A file that is there. */
    BackendFile open(String name);

    /** Whether there is a file of this name. */
    boolean exists(String name);

    /** Takes a file away, if it is there; nobody has it open. */
    void delete(String name);
}
