package dev.whitewater.node.disk;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.CrashPoints;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.raft.Check;

import java.util.ArrayDeque;

/**
 * A member's commands to its disk: numbers them, holds the disk to its promise to complete them in
 * order, and turns the first failure into {@link DiskFailure}.
 */
public final class DiskQueue {

    private final Disk disk;
    private final CrashPoints crashPoints;
    private final ArrayDeque<DiskCommand> outstanding = new ArrayDeque<>();
    private long lastId;

    public DiskQueue(Disk disk) {
        this(disk, CrashPoints.NONE);
    }

    public DiskQueue(Disk disk, CrashPoints crashPoints) {
        this.disk = disk;
        this.crashPoints = crashPoints;
    }

    /** Whoever uses the disk has come to {@code point} between two commands. */
    public void reached(CrashPoint point) {
        crashPoints.reached(point);
    }

    public boolean isIdle() {
        return outstanding.isEmpty();
    }

    public void listFiles() {
        submit(new DiskCommand.ListFiles(next()));
    }

    public long read(String file, long offset, int length) {
        return submit(new DiskCommand.Read(next(), file, offset, length));
    }

    /** Writes and makes durable; returns the command's id. */
    public long writeAndSync(String file, long offset, byte[] bytes) {
        return submit(new DiskCommand.Write(next(), file, offset, bytes, true));
    }

    /** Writes; durable only after a sync. Returns the command's id. */
    public long write(String file, long offset, byte[] bytes) {
        return submit(new DiskCommand.Write(next(), file, offset, bytes, false));
    }

    public long rename(String from, String to) {
        return submit(new DiskCommand.Rename(next(), from, to));
    }

    public void truncate(String file, long length) {
        submit(new DiskCommand.Truncate(next(), file, length));
    }

    public long sync(String file) {
        return submit(new DiskCommand.Sync(next(), file));
    }

    public long delete(String file) {
        return submit(new DiskCommand.Delete(next(), file));
    }

    public long syncDirectory() {
        return submit(new DiskCommand.SyncDirectory(next()));
    }

    /** Takes the result of the oldest outstanding command; returns the command's id. */
    public long finished(DiskResult result) {
        Check.that(!outstanding.isEmpty(), "disk-answers-commands", "no command is outstanding");
        DiskCommand command = outstanding.removeFirst();
        Check.equal("disk-answers-in-order", command.id(), result.id());
        if (result instanceof DiskResult.Failed failed) {
            throw new DiskFailure(
                    DiskFailure.Kind.DEVICE,
                    describe(command) + " failed: " + failed.error() + ", " + failed.detail());
        }
        return command.id();
    }

    private long next() {
        lastId++;
        return lastId;
    }

    private long submit(DiskCommand command) {
        outstanding.addLast(command);
        disk.submit(command);
        return command.id();
    }

    private static String describe(DiskCommand command) {
        return switch (command) {
            case DiskCommand.ListFiles _ -> "list of files";
            case DiskCommand.Read c ->
                    "read of " + c.length() + " bytes at " + c.offset() + " of " + c.file();
            case DiskCommand.Write c ->
                    "write of " + c.bytes().length + " bytes at " + c.offset() + " of " + c.file();
            case DiskCommand.Truncate c -> "truncate of " + c.file() + " to " + c.length();
            case DiskCommand.Sync c -> "sync of " + c.file();
            case DiskCommand.Rename c -> "rename of " + c.from() + " to " + c.to();
            case DiskCommand.Delete c -> "delete of " + c.file();
            case DiskCommand.SyncDirectory _ -> "sync of the directory";
        };
    }
}
