package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.port.Parallel;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Judges all keys of a history by zones, where that method applies. Keys are cut into a few slabs
 * of about as many operations, which may be judged at the same time.
 */
public final class Zones {
    private static final int SLABS = 4;

    /** Less than this isn't worth a thread. */
    private static final int SLAB_LEAST = 1 << 14;

    private final List<ZoneSlab> slabs;

    /** What every slab needs. */
    record Job(History history, ZoneInput input, boolean ordered) {}

    /** A key and the order of its operations. */
    @SuppressWarnings("ArrayRecordComponent")
    public record KeyOrder(int key, int[] operations) {}

    /**
     * A key that has no order.
     *
     * @param operation the one at whose return that became certain
     * @param prefix an order of what had happened before
     * @param proof the operations that prove it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Clash(int key, int operation, int[] prefix, Proof proof) {}

    private Zones(List<ZoneSlab> slabs) {
        this.slabs = slabs;
    }

    /** Judges every key; {@code ordered} asks for the orders of valid ones. */
    public static Zones judge(
            History history, RegisterModel model, boolean ordered, Purse purse, Parallel parallel) {
        purse.take(8L * history.values().size());
        Job job = new Job(history, new ZoneInput(history, model, purse), ordered);
        List<Supplier<ZoneSlab>> tasks = new ArrayList<>();
        int enough = Math.max(SLAB_LEAST, history.size() / SLABS);
        int first = 0;
        for (int key = 1; key <= job.input().keyCount(); key++) {
            boolean last = key == job.input().keyCount();
            if (last || job.input().start(key) - job.input().start(first) >= enough) {
                int from = first;
                int end = key;
                tasks.add(() -> purse.apart(own -> ZoneSlab.judge(job, from, end, own)));
                first = key;
            }
        }
        return new Zones(parallel.all(tasks));
    }

    /** Keys that zones can't decide. */
    public List<Integer> left() {
        return slabs.stream().flatMap(slab -> slab.left().stream()).toList();
    }

    /** How many keys were decided. */
    public int decided() {
        return slabs.stream().mapToInt(ZoneSlab::decided).sum();
    }

    /** The orders of valid keys, if asked for. */
    public List<KeyOrder> orders() {
        return slabs.stream().flatMap(slab -> slab.orders().stream()).toList();
    }

    /** The broken key that breaks first, as a list of one or none. */
    public List<Clash> clash() {
        return slabs.stream()
                .min(Comparator.comparingInt(ZoneSlab::earliestEnd))
                .map(ZoneSlab::clash)
                .orElse(List.of());
    }
}
