package dev.whitewater.server.disk;

import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.server.metrics.Metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real folder, worked on by one thread in the order of the commands. Writes that ask for a sync
 * and came in while another sync was under way share the next one (group commit).
 *
 * <p>Durable means {@code fdatasync} for bytes and lengths, {@code fsync} of the folder for names.
 */
public final class FileDisk implements Disk, AutoCloseable {

    /** Files kept open; the log's newest segment is always among them. */
    private static final int OPEN_FILES = 16;

    private static final DiskCommand STOP = new DiskCommand.SyncDirectory(Long.MIN_VALUE);

    private final Path folder;
    private final Consumer<DiskResult> results;
    private final Metrics metrics;
    private final LinkedBlockingQueue<DiskCommand> queue = new LinkedBlockingQueue<>();
    private final LinkedHashMap<String, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Thread thread;

    /** Writes done since the last sync, whose results wait for it. */
    private final List<DiskCommand.Write> unsynced = new ArrayList<>();

    public FileDisk(Path folder, Consumer<DiskResult> results, Metrics metrics) {
        this.folder = folder;
        this.results = results;
        this.metrics = metrics;
        thread = Thread.ofPlatform().name("disk").daemon().start(this::run);
    }

    @Override
    public void submit(DiskCommand command) {
        queue.add(command);
    }

    /** Carries out what was submitted before, and closes all files. */
    @Override
    public void close() {
        queue.add(STOP);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<DiskCommand> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                for (DiskCommand command : batch) {
                    if (command.id() == STOP.id()) {
                        return;
                    }
                    carryOut(command);
                }
                sync();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sync();
            closeAll();
        }
    }

    private void carryOut(DiskCommand command) {
        if (command instanceof DiskCommand.Write write && write.sync()) {
            writeUnsynced(write);
            return;
        }
        sync();
        try {
            results.accept(done(command));
        } catch (IOException e) {
            results.accept(failed(command.id(), e));
        }
    }

    private void writeUnsynced(DiskCommand.Write write) {
        if (!unsynced.isEmpty() && !unsynced.getFirst().file().equals(write.file())) {
            sync();
        }
        try {
            write(write);
            unsynced.add(write);
        } catch (IOException e) {
            sync();
            results.accept(failed(write.id(), e));
        }
    }

    /** One sync for all writes that wait for it. */
    private void sync() {
        if (unsynced.isEmpty()) {
            return;
        }
        List<DiskResult> ends = new ArrayList<>();
        try {
            force(unsynced.getFirst().file());
            unsynced.forEach(write -> ends.add(new DiskResult.Done(write.id())));
        } catch (IOException e) {
            unsynced.forEach(write -> ends.add(failed(write.id(), e)));
        }
        unsynced.clear();
        ends.forEach(results);
    }

    private DiskResult done(DiskCommand command) throws IOException {
        switch (command) {
            case DiskCommand.ListFiles list -> {
                return new DiskResult.Listed(list.id(), list());
            }
            case DiskCommand.Read read -> {
                return new DiskResult.Content(read.id(), read(read));
            }
            case DiskCommand.Write write -> write(write);
            case DiskCommand.Truncate truncate -> truncate(truncate);
            case DiskCommand.Sync sync -> force(sync.file());
            case DiskCommand.Rename rename -> {
                close(rename.from());
                close(rename.to());
                Files.move(
                        path(rename.from()),
                        path(rename.to()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            case DiskCommand.Delete delete -> {
                close(delete.file());
                Files.delete(path(delete.file()));
            }
            case DiskCommand.SyncDirectory _ -> {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
        return new DiskResult.Done(command.id());
    }

    private List<DiskResult.FileInfo> list() throws IOException {
        List<DiskResult.FileInfo> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.sorted().toList()) {
                String name = path.getFileName().toString();
                files.add(new DiskResult.FileInfo(name, Files.size(path)));
            }
        }
        return files;
    }

    private byte[] read(DiskCommand.Read read) throws IOException {
        if (!Files.exists(path(read.file()))) {
            throw new NoSuchFileException(read.file());
        }
        FileChannel channel = channel(read.file());
        long rest = Math.max(0, channel.size() - read.offset());
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(read.length(), rest));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, read.offset() + bytes.position()) < 0) {
                break;
            }
        }
        return bytes.array();
    }

    private void write(DiskCommand.Write write) throws IOException {
        FileChannel channel = channel(write.file());
        ByteBuffer bytes = ByteBuffer.wrap(write.bytes());
        metrics.walBytes.add(bytes.remaining());
        while (bytes.hasRemaining()) {
            channel.write(bytes, write.offset() + bytes.position());
        }
    }

    private void truncate(DiskCommand.Truncate truncate) throws IOException {
        FileChannel channel = channel(truncate.file());
        if (channel.size() < truncate.length()) {
            channel.write(ByteBuffer.allocate(1), truncate.length() - 1);
        } else {
            channel.truncate(truncate.length());
        }
    }

    private void force(String file) throws IOException {
        long began = System.nanoTime();
        channel(file).force(false);
        metrics.walFsync.observe(System.nanoTime() - began);
    }

    private Path path(String file) {
        return folder.resolve(file);
    }

    private FileChannel channel(String file) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            channel =
                    FileChannel.open(
                            path(file),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
            open.put(file, channel);
            if (open.size() > OPEN_FILES) {
                close(open.keySet().iterator().next());
            }
        }
        return channel;
    }

    private void close(String file) throws IOException {
        FileChannel channel = open.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    private int closeAll() {
        int unclosed = 0;
        for (Map.Entry<String, FileChannel> each : open.entrySet()) {
            try {
                each.getValue().close();
            } catch (IOException e) {
                // All that was promised is durable: nothing is lost with the handle.
                unclosed++;
            }
        }
        open.clear();
        return unclosed;
    }

    private static DiskResult failed(long id, IOException e) {
        String detail = String.valueOf(e.getMessage());
        DiskResult.DiskError error = DiskResult.DiskError.INPUT_OUTPUT;
        if (e instanceof NoSuchFileException) {
            error = DiskResult.DiskError.NO_SUCH_FILE;
        } else if (detail.contains("No space left") || detail.contains("quota exceeded")) {
            error = DiskResult.DiskError.NO_SPACE;
        }
        return new DiskResult.Failed(id, error, e.getClass().getSimpleName() + ": " + detail);
    }
}
