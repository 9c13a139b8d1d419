package dev.whitewater.sim.disk;

import dev.whitewater.node.port.DiskResult.FileInfo;
import dev.whitewater.sim.random.Mix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of a data directory: as programs see them, as a crash would leave them, and the changes
 * in between. A file that was synced but whose name was not is gone after a crash, as POSIX allows.
 */
final class Directory {

    private sealed interface Change {
        /** Its place in the life of the directory: the key of its survival. */
        long number();
    }

    private record Created(long number, String name, SimulatedFile file) implements Change {}

    private record Renamed(long number, String from, String to) implements Change {}

    private record Deleted(long number, String name) implements Change {}

    /** No file is called so. */
    private static final String NOTHING = "";

    private TreeMap<String, SimulatedFile> files = new TreeMap<>();
    private final TreeMap<String, SimulatedFile> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();
    private long changes;
    private long durableVersion;

    /** The file that was written to last, and what it is called: mostly the next one, too. */
    private SimulatedFile newest = new SimulatedFile(0);

    private String newestName = NOTHING;

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** The file of this name; there must be one. */
    SimulatedFile file(String name) {
        return files.get(name);
    }

    SimulatedFile openOrCreate(String name) {
        if (!newestName.equals(name)) {
            newest = findOrCreate(name);
            newestName = name;
        }
        return newest;
    }

    private SimulatedFile findOrCreate(String name) {
        SimulatedFile file = files.get(name);
        if (file == null) {
            long number = ++changes;
            file = new SimulatedFile(Mix.with(number, name));
            files.put(name, file);
            unsynced.add(new Created(number, name, file));
        }
        return file;
    }

    /** There must be a file named {@code from}. */
    void rename(String from, String to) {
        newestName = NOTHING;
        files.put(to, files.remove(from));
        unsynced.add(new Renamed(++changes, from, to));
    }

    void delete(String name) {
        newestName = NOTHING;
        files.remove(name);
        unsynced.add(new Deleted(++changes, name));
    }

    void sync() {
        for (Change change : unsynced) {
            makeDurable(change);
        }
        unsynced.clear();
    }

    boolean hasUnsynced() {
        for (SimulatedFile file : files.values()) {
            if (file.hasUnsynced()) {
                return true;
            }
        }
        return !unsynced.isEmpty();
    }

    /** Whether a write was torn. */
    boolean crash(SimulatedFile.Survival survival) {
        for (Change change : unsynced) {
            if (survival.ofDirectoryChange(change.number())) {
                makeDurable(change);
            }
        }
        unsynced.clear();
        files = new TreeMap<>(durable);
        newestName = NOTHING;
        boolean torn = false;
        for (SimulatedFile file : files.values()) {
            torn |= file.crash(survival);
        }
        return torn;
    }

    /** Nothing is left, neither to programs nor on the medium. */
    void wipe() {
        files = new TreeMap<>();
        newestName = NOTHING;
        durable.clear();
        durableVersion++;
        unsynced.clear();
    }

    /** Without effect where the change it builds on was lost. */
    private void makeDurable(Change change) {
        durableVersion++;
        switch (change) {
            case Created(long _, String name, SimulatedFile file) -> durable.put(name, file);
            case Renamed(long _, String from, String to) -> {
                if (durable.containsKey(from)) {
                    durable.put(to, durable.remove(from));
                }
            }
            case Deleted(long _, String name) -> durable.remove(name);
        }
    }

    List<FileInfo> list() {
        List<FileInfo> infos = new ArrayList<>(files.size());
        for (Map.Entry<String, SimulatedFile> file : files.entrySet()) {
            infos.add(new FileInfo(file.getKey(), file.getValue().length()));
        }
        return infos;
    }

    /** Rises whenever {@link #durable()} changes. */
    long durableVersion() {
        return durableVersion;
    }

    /** The files whose names would survive a crash now. */
    Map<String, SimulatedFile> durable() {
        return durable;
    }
}
