package dev.whitewater.sim.disk;

import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.sim.plan.Fault.DiskError.Step;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.random.Purpose;

import java.util.ArrayDeque;

/**
 * A member's disk: it outlives the member's processes. Commands take effect and complete in the
 * order of their submission, each after its own latency.
 *
 * <p>When the process dies, what was submitted and not completed may have reached the disk as much
 * as what completed and was not synced: all of it survives or not, change by change.
 */
public final class SimulatedDisk implements Disk {
    /** So many sectors at the end of a file count as its newest. */
    private static final int NEWEST_SECTORS = 8;

    private final DiskSettings settings;
    private final Decisions decisions;
    private final EventQueue<SimEvent> queue;
    private final SimulatedFile.Survival survival;
    private final Directory directory = new Directory();
    private final ArrayDeque<DiskCommand> pending = new ArrayDeque<>();

    private long now;
    private int incarnation;
    private long commands;
    private long completed;
    private long busyUntil;
    private DiskTrouble trouble = DiskTrouble.NONE;
    private long misdirectKey;
    private boolean misdirects;
    private boolean damaged;
    private long syncs;

    public SimulatedDisk(DiskSettings settings, Decisions decisions, EventQueue<SimEvent> queue) {
        this.settings = settings;
        this.decisions = decisions;
        this.queue = queue;
        this.survival = new SimulatedFile.Survival(decisions, settings);
    }

    /** A new process opens the disk. */
    public void open(int newIncarnation) {
        incarnation = newIncarnation;
        commands = 0;
        completed = 0;
    }

    /** Simulated time, told before the member is turned. */
    public void setNow(long simulated) {
        now = simulated;
    }

    /** From now on this is what faults do; {@link DiskTrouble#NONE} ends it. */
    public void setTrouble(DiskTrouble newTrouble) {
        trouble = newTrouble;
    }

    @Override
    public void submit(DiskCommand command) {
        commands++;
        busyUntil = Math.max(now, busyUntil) + latency(command);
        if (syncs(command)) {
            busyUntil = Math.max(busyUntil, trouble.stalledUntil());
        }
        pending.add(command);
        queue.push(busyUntil, new SimEvent.DiskCompletes(settings.member(), incarnation, command));
    }

    private static boolean syncs(DiskCommand command) {
        return switch (command) {
            case DiskCommand.Write write -> write.sync();
            case DiskCommand.Sync _, DiskCommand.SyncDirectory _ -> true;
            case DiskCommand.ListFiles _,
                    DiskCommand.Read _,
                    DiskCommand.Truncate _,
                    DiskCommand.Rename _,
                    DiskCommand.Delete _ ->
                    false;
        };
    }

    private long latency(DiskCommand command) {
        long key = settings.member();
        long nanos =
                Decisions.between(
                        decisions.bits(Purpose.DISK_WRITE_LATENCY, key, incarnation, commands),
                        settings.plan().write());
        if (syncs(command)) {
            nanos +=
                    Decisions.between(
                            decisions.bits(Purpose.DISK_SYNC_LATENCY, key, incarnation, commands),
                            settings.plan().sync());
        }
        return nanos + extraLatency(key);
    }

    private long extraLatency(long key) {
        long extra = 0;
        if (!settings.plan().slow().isNever()) {
            long bits = decisions.bits(Purpose.DISK_SLOW, key, incarnation, commands);
            if (Decisions.hits(bits, settings.plan().slow())) {
                extra += Decisions.below(bits << 20, settings.plan().slowNanosMax() + 1);
            }
        }
        if (trouble.extraNanosMax() > 0) {
            long bits = decisions.bits(Purpose.DISK_FAULT_SLOW, key, incarnation, commands);
            extra += Decisions.below(bits, trouble.extraNanosMax() + 1);
        }
        return extra;
    }

    /** Lets the first pending command, which is {@code command}, take effect. */
    public DiskResult complete(DiskCommand command) {
        DiskCommand first = pending.poll();
        if (first == null || first.id() != command.id()) {
            throw new IllegalStateException("completed " + command + " before " + first);
        }
        completed++;
        if (trouble.full() && grows(command)) {
            return new DiskResult.Failed(
                    command.id(), DiskResult.DiskError.NO_SPACE, "no space left");
        }
        if (changes(command) && fails(Step.WRITE)) {
            return inputOutput(command, "the device failed to write");
        }
        if (syncs(command) && fails(Step.SYNC)) {
            dropUnsynced(command);
            return inputOutput(command, "the device failed to make it durable");
        }
        return apply(command);
    }

    private static DiskResult inputOutput(DiskCommand command, String why) {
        return new DiskResult.Failed(command.id(), DiskResult.DiskError.INPUT_OUTPUT, why);
    }

    private boolean fails(Step step) {
        if (trouble.failing().isEmpty()) {
            return false;
        }
        for (DiskTrouble.Failing failing : trouble.failing()) {
            long bits =
                    decisions.bits(
                            Purpose.DISK_ERROR,
                            failing.key(),
                            settings.member(),
                            incarnation,
                            completed);
            if (failing.on() == step && Decisions.hits(bits, failing.ratio())) {
                return true;
            }
        }
        return false;
    }

    private static boolean changes(DiskCommand command) {
        return command instanceof DiskCommand.Write || command instanceof DiskCommand.Truncate;
    }

    private boolean grows(DiskCommand command) {
        return switch (command) {
            case DiskCommand.Write write ->
                    length(write.file()) < write.offset() + write.bytes().length;
            case DiskCommand.Truncate cut -> length(cut.file()) < cut.length();
            case DiskCommand.ListFiles _,
                    DiskCommand.Read _,
                    DiskCommand.Sync _,
                    DiskCommand.Rename _,
                    DiskCommand.Delete _,
                    DiskCommand.SyncDirectory _ ->
                    false;
        };
    }

    private long length(String file) {
        return directory.has(file) ? directory.file(file).length() : 0;
    }

    /** The write reached the page cache, and the device refused what is there. */
    private void dropUnsynced(DiskCommand command) {
        switch (command) {
            case DiskCommand.Write write -> {
                SimulatedFile file = directory.openOrCreate(write.file());
                file.write(write.offset(), write.bytes());
                file.dropUnsynced();
            }
            case DiskCommand.Sync sync -> {
                if (directory.has(sync.file())) {
                    directory.file(sync.file()).dropUnsynced();
                }
            }
            case DiskCommand.SyncDirectory _,
                    DiskCommand.ListFiles _,
                    DiskCommand.Read _,
                    DiskCommand.Truncate _,
                    DiskCommand.Rename _,
                    DiskCommand.Delete _ -> {}
        }
    }

    private DiskResult apply(DiskCommand command) {
        long id = command.id();
        switch (command) {
            case DiskCommand.ListFiles _ -> {
                return new DiskResult.Listed(id, directory.list());
            }
            case DiskCommand.Read(long _, String file, long offset, int length) -> {
                return directory.has(file)
                        ? new DiskResult.Content(id, directory.file(file).read(offset, length))
                        : noSuchFile(id, file);
            }
            case DiskCommand.Write write -> apply(write);
            case DiskCommand.Truncate(long _, String name, long length) ->
                    directory.openOrCreate(name).truncate(length);
            case DiskCommand.SyncDirectory _ -> {
                directory.sync();
                syncs++;
            }
            case DiskCommand.Sync _, DiskCommand.Rename _, DiskCommand.Delete _ -> {
                return applyToExisting(command);
            }
        }
        return new DiskResult.Done(id);
    }

    private void apply(DiskCommand.Write write) {
        SimulatedFile file = directory.openOrCreate(write.file());
        if (write.sync() && misdirects && write.offset() >= SimulatedFile.SECTOR_BYTES) {
            writeElsewhere(file, write.offset(), write.bytes());
        } else {
            file.write(write.offset(), write.bytes());
        }
        if (write.sync()) {
            file.sync();
            syncs++;
        }
    }

    /** A command that needs a file of the name it is given. */
    private DiskResult applyToExisting(DiskCommand command) {
        String name = existing(command);
        if (!directory.has(name)) {
            return noSuchFile(command.id(), name);
        }
        switch (command) {
            case DiskCommand.Sync _ -> {
                directory.file(name).sync();
                syncs++;
            }
            case DiskCommand.Rename rename -> directory.rename(name, rename.to());
            default -> directory.delete(name);
        }
        return new DiskResult.Done(command.id());
    }

    private static String existing(DiskCommand command) {
        return switch (command) {
            case DiskCommand.Sync sync -> sync.file();
            case DiskCommand.Rename rename -> rename.from();
            case DiskCommand.Delete delete -> delete.file();
            default -> throw new IllegalArgumentException("needs no file: " + command);
        };
    }

    private static DiskResult noSuchFile(long id, String name) {
        return new DiskResult.Failed(id, DiskResult.DiskError.NO_SUCH_FILE, name);
    }

    /** Whether a write is under way; with {@code manySectors}, one that can be torn. */
    public boolean isWriting(boolean manySectors) {
        int bytes = manySectors ? SimulatedFile.SECTOR_BYTES : 0;
        for (DiskCommand command : pending) {
            if (command instanceof DiskCommand.Write write && write.bytes().length > bytes) {
                return true;
            }
        }
        return false;
    }

    /** Whether something was written and would be lost if power failed. */
    public boolean hasUnsynced() {
        return directory.hasUnsynced();
    }

    /**
     * The process dies, and with it the machine's memory of what was not synced. Whether that left
     * a part of a write and not the rest.
     */
    public boolean crash() {
        for (DiskCommand command : pending) {
            reachDisk(command);
        }
        pending.clear();
        boolean torn = directory.crash(survival);
        busyUntil = now;
        syncs++;
        return torn;
    }

    /**
     * The process dies and the machine lives: some of what was under way is done, in order, and
     * whatever was written can be read, synced or not.
     */
    public void kill() {
        long bits = decisions.bits(Purpose.KILL_REACHES, settings.member(), incarnation);
        long done = Decisions.below(bits, pending.size() + 1L);
        for (DiskCommand command : pending) {
            if (done-- > 0) {
                reachDisk(command);
            }
        }
        pending.clear();
        busyUntil = now;
    }

    // ---- damage

    /** Whether the medium does not hold all that was made durable on it. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Changes a bit in each of some whole sectors; false if there are none. */
    public boolean rot(long key, int sectors) {
        long all = 0;
        for (SimulatedFile file : directory.durable().values()) {
            all += file.wholeSectors();
        }
        for (int i = 0; all > 0 && i < sectors; i++) {
            long bits = decisions.bits(Purpose.DISK_DAMAGE, key, settings.member(), i);
            // Some by file, so that small ones get their share, and most of those among what was
            // written last: no snapshot stands for that yet.
            rot(
                    (bits & 3) == 0 ? Decisions.below(bits, all) : sectorOfFile(bits),
                    Mix.finish(bits));
            damaged = true;
        }
        return all > 0;
    }

    private long sectorOfFile(long bits) {
        int files = 0;
        for (SimulatedFile file : directory.durable().values()) {
            files += file.wholeSectors() > 0 ? 1 : 0;
        }
        long chosen = Decisions.below(bits, files);
        long before = 0;
        for (SimulatedFile file : directory.durable().values()) {
            if (file.wholeSectors() > 0 && chosen-- == 0) {
                int newest = Math.min(file.wholeSectors(), NEWEST_SECTORS);
                int among = (bits & 3) == 1 ? file.wholeSectors() : newest;
                return before
                        + file.wholeSectors()
                        - 1
                        - Decisions.below(Mix.finish(bits + 1), among);
            }
            before += file.wholeSectors();
        }
        throw new IllegalStateException("no file has a whole sector");
    }

    private void rot(long sector, long bits) {
        long left = sector;
        for (SimulatedFile file : directory.durable().values()) {
            if (left >= 0 && left < file.wholeSectors()) {
                file.rot((int) left, bits);
            }
            left -= file.wholeSectors();
        }
    }

    /** The next synced write that has older sectors before it lands on one of them. */
    public void misdirectNext(long key) {
        misdirects = true;
        misdirectKey = key;
    }

    /** No write goes astray any more, whether one did or not. */
    public void misdirectNone() {
        misdirects = false;
    }

    private void writeElsewhere(SimulatedFile file, long offset, byte[] bytes) {
        long bits = decisions.bits(Purpose.DISK_DAMAGE, misdirectKey, settings.member());
        file.writeElsewhere(Math.toIntExact(offset), bytes, bits);
        misdirects = false;
        damaged = true;
    }

    /** All is gone; the process must be too. */
    public void wipe() {
        directory.wipe();
        damaged = true;
    }

    /** A command that was under way does what it does, but syncs nothing. */
    private void reachDisk(DiskCommand command) {
        switch (command) {
            case DiskCommand.Write write ->
                    directory.openOrCreate(write.file()).write(write.offset(), write.bytes());
            case DiskCommand.Truncate truncate ->
                    directory.openOrCreate(truncate.file()).truncate(truncate.length());
            case DiskCommand.Rename rename -> {
                if (directory.has(rename.from())) {
                    directory.rename(rename.from(), rename.to());
                }
            }
            case DiskCommand.Delete delete -> {
                if (directory.has(delete.file())) {
                    directory.delete(delete.file());
                }
            }
            case DiskCommand.ListFiles _,
                    DiskCommand.Read _,
                    DiskCommand.Sync _,
                    DiskCommand.SyncDirectory _ -> {}
        }
    }

    /** Rises whenever a {@link #durable} file may hold something else. */
    public long durableVersion() {
        return syncs;
    }

    /** Rises whenever {@link #durable} may name another file. */
    public long durableNamesVersion() {
        return directory.durableVersion();
    }

    /** The file of this name as a crash now would leave it, now and later on. */
    public DurableFile durable(String name) {
        SimulatedFile file = directory.durable().get(name);
        return file == null ? DurableFile.NONE : file;
    }
}
