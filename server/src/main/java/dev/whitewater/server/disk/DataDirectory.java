package dev.whitewater.server.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A member's data directory, locked for as long as this is open: the file {@code lock}, and the
 * member's own files in {@code member}.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path files;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path files, FileChannel channel, FileLock lock) {
        this.files = files;
        this.channel = channel;
        this.lock = lock;
    }

    /** Creates what is missing; says in one sentence why the folder can't be used. */
    public static DataDirectory open(Path folder) throws IOException {
        Path files = files(folder);
        Files.createDirectories(files);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(files, channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Held by another member in this very process: the same to whoever asked.
            channel.close();
            throw inUse(folder, e);
        }
        channel.close();
        throw inUse(folder, new IllegalStateException("locked"));
    }

    private static IOException inUse(Path folder, RuntimeException cause) {
        return new IOException(
                "data directory " + folder + " is in use by another running member", cause);
    }

    /** Where a member keeps its files below its data directory. */
    public static Path files(Path folder) {
        return folder.resolve("member");
    }

    public Path files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
