package dev.whitewater.bench.store;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.CpuClock;
import dev.whitewater.bench.Row;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Limits;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.StateHash;
import dev.whitewater.store.Store;
import dev.whitewater.store.WatchLimits;
import dev.whitewater.store.WatchRequest;
import dev.whitewater.store.Watches;
import dev.whitewater.store.mapdb.MapDbBackend;
import dev.whitewater.store.port.HeapFiles;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The state machine alone: keys of 17 bytes in random order, values of 256, at growing numbers of
 * keys, so that the cost can be seen to grow no faster than the logarithm of the number.
 *
 * <p>Every figure is of so many operations, whatever the number of keys, that the clock's steps of
 * 10 ms don't show and that the collector runs more than once; what it takes is counted where it
 * happens.
 */
public final class StoreBench implements Benchmark {
    private static final int VALUE_BYTES = 256;
    private static final int WATCHERS = 1000;
    private static final int RANGE = 100;

    /** Puts and a compaction, so many times. */
    private static final int ROUNDS = 2;

    /** Events told to all watchers. */
    private static final int EVENTS = 2000;

    /** Where values are cut from. */
    private static final byte[] POOL = pool();

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String summary() {
        return "The store without consensus: commands applied and reads served, per CPU-second of"
                + " the whole process";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("backend", "where versions live"),
                new Column("keys", "how many keys of 17 bytes with values of 256"),
                new Column("load_per_cpu_s", "puts of new keys, from none to all"),
                new Column(
                        "grow_per_cpu_s",
                        "then, puts of keys that are there, at random: every version is kept"),
                new Column(
                        "put_per_cpu_s", "the same after a compaction, as in a store that is old"),
                new Column("get_per_cpu_s", "reads of one key, at random"),
                new Column("range100_per_cpu_s", "reads of 100 neighbouring keys"),
                new Column("compact_per_cpu_s", "versions removed by a compaction"),
                new Column(
                        "events_per_cpu_s", "events told, each put to 1,000 watchers of a range"),
                new Column("bytes_per_key", "heap for a key with one version, files included"),
                new Column("put_ns", "CPU nanoseconds of such a put"),
                new Column("put_ns_by_log2", "that, divided by log2 of the number of keys"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        Supplier<Store> memory = Store::new;
        Supplier<Store> mapDb =
                () -> new Store(Limits.DEFAULT, new MapDbBackend(new HeapFiles(), "kv"));
        boolean quick = options.quick();
        sizes("memory", memory, quick ? 10_000 : 1_000_000, quick ? 20_000 : 500_000, rows);
        sizes("mapdb", mapDb, quick ? 1_000 : 1_000_000, quick ? 2_000 : 100_000, rows);
    }

    /** Ever more keys; what is asked of a store that is too small to be warm isn't shown. */
    private static void sizes(
            String name, Supplier<Store> stores, int most, int asked, Consumer<Row> rows) {
        measure(stores, most / 10, asked / 2);
        for (int keys = most / 100; keys <= most; keys *= 10) {
            rows.accept(named(name, measure(stores, keys, asked)));
        }
    }

    private static Row named(String backend, Row measured) {
        Row row = new Row().put("backend", backend);
        measured.values()
                .forEach(
                        (key, value) -> {
                            if (value instanceof Double fraction) {
                                row.put(key, fraction);
                            } else {
                                row.put(key, (Long) value);
                            }
                        });
        return row;
    }

    private static Row measure(Supplier<Store> stores, int keys, int asked) {
        long before = heapBytes();
        Store store = stores.get();
        long load = load(store, stores, keys, asked);
        long bytes = Math.max(0, heapBytes() - before) / keys;
        long grow = perSecond(asked, i -> apply(store, put(at(i + 3L, keys), i + 2)));
        compact(store);
        double putSeconds = 0;
        double compactSeconds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long from = (long) round * asked;
            CpuClock clock = new CpuClock();
            for (int i = 0; i < asked; i++) {
                apply(store, put(at(from + i, keys), i + 1));
            }
            putSeconds += clock.seconds();
            compactSeconds += compact(store);
        }
        long get = perSecond(asked, i -> read(store, Range.of(key(at(i + 7L, keys)))));
        long range =
                perSecond(
                        asked / 20,
                        i -> read(store, Range.of(from(at(i + 9L, keys))).withLimit(RANGE)));
        long puts = (long) ROUNDS * asked;
        long nanos = (long) (putSeconds * 1e9 / puts);
        int log2 = 32 - Integer.numberOfLeadingZeros(keys - 1);
        return new Row()
                .put("keys", (long) keys)
                .put("load_per_cpu_s", load)
                .put("grow_per_cpu_s", grow)
                .put("put_per_cpu_s", (long) (puts / putSeconds))
                .put("get_per_cpu_s", get)
                .put("range100_per_cpu_s", range)
                .put("compact_per_cpu_s", (long) (puts / compactSeconds))
                .put("events_per_cpu_s", fanOut(store, Math.min(asked, EVENTS)))
                .put("bytes_per_key", bytes)
                .put("put_ns", nanos)
                .put("put_ns_by_log2", nanos / (double) log2);
    }

    /** Fills the store, and as many more as it takes to have put as much as is asked. */
    private static long load(Store store, Supplier<Store> stores, int keys, int asked) {
        CpuClock clock = new CpuClock();
        long done = 0;
        for (Store next = store; done == 0 || done < asked; next = stores.get()) {
            for (int i = 0; i < keys; i++) {
                apply(next, put(i, i));
            }
            done += keys;
        }
        return (long) (done / clock.seconds());
    }

    /** The seconds it took to remove what no compaction has removed yet. */
    private static double compact(Store store) {
        CpuClock clock = new CpuClock();
        store.apply(store.appliedIndex() + 1, new MaintenanceRequest.Compact(store.revision()));
        boolean more = true;
        while (more) {
            more = store.removeCompacted(1000);
        }
        return clock.seconds();
    }

    private static long fanOut(Store store, int puts) {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        for (int id = 0; id < WATCHERS; id++) {
            watches.begin(id, WatchRequest.of(KeyRange.prefix(Bytes.utf8("k")), 0));
        }
        return WATCHERS
                * perSecond(
                        puts,
                        i -> {
                            apply(store, put(i, i));
                            watches.advance();
                            watches.ready().forEach(watches::poll);
                        });
    }

    private static long perSecond(int times, Step step) {
        CpuClock clock = new CpuClock();
        for (int i = 0; i < times; i++) {
            step.take(i);
        }
        return (long) (times / clock.seconds());
    }

    private static void apply(Store store, Put put) {
        store.apply(store.appliedIndex() + 1, put);
    }

    private static void read(Store store, Range range) {
        if (((RangeResponse) store.read(range)).kvs().isEmpty()) {
            throw new IllegalStateException("nothing at " + range.keys());
        }
    }

    private static Put put(long key, long value) {
        int from = (int) (StateHash.mix(value) & (POOL.length / 2 - 1));
        return Put.of(key(key), Bytes.of(POOL, from, VALUE_BYTES));
    }

    private static KeyRange from(long key) {
        return KeyRange.from(key(key));
    }

    /** Some key, a different one each time. */
    private static long at(long time, int keys) {
        return Math.floorMod(StateHash.mix(time), (long) keys);
    }

    /** 17 bytes, of which all but the first are random. */
    private static Bytes key(long number) {
        byte[] key = new byte[17];
        key[0] = 'k';
        long rest = StateHash.mix(number);
        for (int i = 1; i < key.length; i++) {
            int digit = (int) (rest & 15);
            key[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            rest >>>= 4;
        }
        return Bytes.of(key);
    }

    private static byte[] pool() {
        byte[] pool = new byte[1 << 16];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = (byte) StateHash.mix(i);
        }
        return pool;
    }

    private static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** What is done so many times. */
    @FunctionalInterface
    private interface Step {
        void take(int i);
    }
}
