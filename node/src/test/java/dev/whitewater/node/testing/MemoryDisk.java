package dev.whitewater.node.testing;

import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.DiskResult.DiskError;
import dev.whitewater.node.port.DiskResult.FileInfo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A disk that is turned by hand: a command takes effect when {@link #finishNext()} says so, and is
 * durable only after its sync. A crash keeps of everything else what a {@link Survival} says.
 */
public final class MemoryDisk implements Disk {

    /** What a crash leaves of writes that were not synced. */
    @FunctionalInterface
    public interface Survival {

        Survival NOTHING = (file, offset) -> false;
        Survival EVERYTHING = (file, offset) -> true;

        /** Whether the byte at {@code offset} of {@code file} reached the disk. */
        boolean keeps(String file, long offset);
    }

    /** A file's durable bytes and the changes to it that are not durable. */
    private static final class Inode {
        private byte[] durable = {};
        private final List<Change> unsynced = new ArrayList<>();

        byte[] live() {
            byte[] content = durable;
            for (Change change : unsynced) {
                content = change.on(content);
            }
            return content;
        }

        Inode fork() {
            Inode fork = new Inode();
            fork.durable = durable;
            fork.unsynced.addAll(unsynced);
            return fork;
        }

        void sync() {
            durable = live();
            unsynced.clear();
        }
    }

    private sealed interface Change {

        byte[] on(byte[] content);

        record Written(long offset, byte[] bytes) implements Change {
            @Override
            public byte[] on(byte[] content) {
                int end = (int) offset + bytes.length;
                byte[] changed = Arrays.copyOf(content, Math.max(content.length, end));
                System.arraycopy(bytes, 0, changed, (int) offset, bytes.length);
                return changed;
            }
        }

        record Cut(long length) implements Change {
            @Override
            public byte[] on(byte[] content) {
                return Arrays.copyOf(content, (int) length);
            }
        }
    }

    private final ArrayDeque<DiskCommand> submitted = new ArrayDeque<>();
    private TreeMap<String, Inode> directory = new TreeMap<>();
    private TreeMap<String, Inode> durableDirectory = new TreeMap<>();
    private int finished;
    private int failAt = -1;

    @Override
    public void submit(DiskCommand command) {
        submitted.addLast(command);
    }

    public boolean hasWork() {
        return !submitted.isEmpty();
    }

    /** How many commands took effect so far. */
    public int finishedCommands() {
        return finished;
    }

    /** The command that takes effect next. */
    public DiskCommand next() {
        return submitted.getFirst();
    }

    /** The command with this number, counted from 0, will fail. */
    public void failCommand(int number) {
        failAt = number;
    }

    /** Lets the oldest command take effect. */
    public DiskResult finishNext() {
        DiskCommand command = submitted.removeFirst();
        finished++;
        if (finished - 1 == failAt) {
            return new DiskResult.Failed(command.id(), DiskError.INPUT_OUTPUT, "planted");
        }
        return carryOut(command);
    }

    private DiskResult carryOut(DiskCommand command) {
        switch (command) {
            case DiskCommand.ListFiles c -> {
                List<FileInfo> files = new ArrayList<>();
                directory.forEach((name, inode) -> files.add(info(name, inode)));
                return new DiskResult.Listed(c.id(), files);
            }
            case DiskCommand.Read c -> {
                byte[] content = directory.get(c.file()).live();
                int from = (int) Math.min(c.offset(), content.length);
                int to = Math.min(from + c.length(), content.length);
                return new DiskResult.Content(c.id(), Arrays.copyOfRange(content, from, to));
            }
            case DiskCommand.Write c -> {
                write(c);
                if (c.sync()) {
                    directory.get(c.file()).sync();
                }
            }
            case DiskCommand.Truncate c -> file(c.file()).unsynced.add(new Change.Cut(c.length()));
            case DiskCommand.Sync c -> directory.get(c.file()).sync();
            case DiskCommand.Rename c -> directory.put(c.to(), directory.remove(c.from()));
            case DiskCommand.Delete c -> directory.remove(c.file());
            case DiskCommand.SyncDirectory _ -> durableDirectory = new TreeMap<>(directory);
        }
        return new DiskResult.Done(command.id());
    }

    private void write(DiskCommand.Write command) {
        file(command.file()).unsynced.add(new Change.Written(command.offset(), command.bytes()));
    }

    private Inode file(String name) {
        return directory.computeIfAbsent(name, _ -> new Inode());
    }

    private static FileInfo info(String name, Inode inode) {
        return new FileInfo(name, inode.live().length);
    }

    /**
     * The machine goes down while the first {@code begun} of the submitted writes are on their way;
     * the new disk holds what is left. {@code directoryKept}: whether changes to the directory that
     * were not synced are there all the same.
     */
    public MemoryDisk crash(int begun, boolean directoryKept, Survival survival) {
        int left = begun;
        while (left > 0 && !submitted.isEmpty()) {
            switch (submitted.removeFirst()) {
                case DiskCommand.Write write -> write(write);
                case DiskCommand.Truncate cut ->
                        file(cut.file()).unsynced.add(new Change.Cut(cut.length()));
                case DiskCommand.Delete delete -> directory.remove(delete.file());
                case DiskCommand.Rename rename -> {
                    if (directory.containsKey(rename.from())) {
                        directory.put(rename.to(), directory.remove(rename.from()));
                    }
                }
                default -> {}
            }
            left--;
        }
        MemoryDisk after = new MemoryDisk();
        TreeMap<String, Inode> names = directoryKept ? directory : durableDirectory;
        names.forEach((name, inode) -> after.directory.put(name, leftOf(name, inode, survival)));
        after.durableDirectory = new TreeMap<>(after.directory);
        return after;
    }

    private static Inode leftOf(String name, Inode inode, Survival survival) {
        byte[] content = inode.durable;
        for (Change change : inode.unsynced) {
            content =
                    switch (change) {
                        case Change.Written w -> survivors(name, w, content, survival);
                        case Change.Cut c ->
                                survival.keeps(name, c.length()) ? c.on(content) : content;
                    };
        }
        Inode left = new Inode();
        left.durable = content;
        return left;
    }

    private static byte[] survivors(
            String name, Change.Written written, byte[] content, Survival survival) {
        byte[] left = content.clone();
        for (int i = 0; i < written.bytes().length; i++) {
            int at = (int) written.offset() + i;
            if (survival.keeps(name, at)) {
                left = left.length > at ? left : Arrays.copyOf(left, at + 1);
                left[at] = written.bytes()[i];
            }
        }
        return left;
    }

    /** The process goes down, the machine does not: all that took effect can still be read. */
    public MemoryDisk processCrash() {
        submitted.clear();
        return this;
    }

    // ---- for tests that look at or damage files

    public List<String> files() {
        return List.copyOf(directory.keySet());
    }

    public byte[] read(String file) {
        return directory.get(file).live().clone();
    }

    /** Replaces a file by other durable bytes. */
    public void replace(String file, byte[] bytes) {
        Inode inode = new Inode();
        inode.durable = bytes.clone();
        directory.put(file, inode);
        durableDirectory.put(file, inode);
    }

    public void remove(String file) {
        directory.remove(file);
        durableDirectory.remove(file);
    }

    /** An independent disk in the same state, unsynced changes and submitted commands included. */
    public MemoryDisk fork() {
        MemoryDisk fork = new MemoryDisk();
        TreeMap<String, Inode> all = new TreeMap<>();
        directory.forEach((name, inode) -> all.put(name, inode.fork()));
        fork.directory.putAll(all);
        for (String name : durableDirectory.keySet()) {
            // A name that was made durable is never given to another file while these tests run.
            fork.durableDirectory.put(
                    name,
                    all.containsKey(name) ? all.get(name) : durableDirectory.get(name).fork());
        }
        fork.submitted.addAll(submitted);
        return fork;
    }

    /** An independent disk with the same durable files. */
    public MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        directory.forEach((name, inode) -> copy.replace(name, inode.live()));
        return copy;
    }
}
