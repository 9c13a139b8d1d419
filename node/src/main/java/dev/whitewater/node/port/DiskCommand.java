package dev.whitewater.node.port;

/**
 * One thing to do to the data directory; {@code id} comes back with the result. File names are
 * flat: no folders.
 */
public sealed interface DiskCommand {

    long id();

    /** The files and their sizes, in ascending order of name. */
    record ListFiles(long id) implements DiskCommand {}

    /** Up to {@code length} bytes from {@code offset}; fewer only at the end of the file. */
    record Read(long id, String file, long offset, int length) implements DiskCommand {}

    /**
     * Writes {@code bytes} at {@code offset}, creating or extending the file; with {@code sync} it
     * completes when the file's bytes and length are durable, these and all earlier ones.
     */
    record Write(long id, String file, long offset, byte[] bytes, boolean sync)
            implements DiskCommand {}

    /** Cuts or extends (with zeroes) the file. */
    record Truncate(long id, String file, long length) implements DiskCommand {}

    /** Makes the file's bytes and length durable. */
    record Sync(long id, String file) implements DiskCommand {}

    /** Replaces {@code to}, if there is one, atomically. */
    record Rename(long id, String from, String to) implements DiskCommand {}

    record Delete(long id, String file) implements DiskCommand {}

    /** Makes creations, renames and removals durable. */
    record SyncDirectory(long id) implements DiskCommand {}
}
