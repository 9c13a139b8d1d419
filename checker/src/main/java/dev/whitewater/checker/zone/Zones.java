package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.RegisterModel;

import java.util.ArrayList;
import java.util.List;

/** Judges all keys of a history by zones ({@link KeyZones}), where that method applies. */
public final class Zones {
    private final ZoneInput input;
    private final KeyZones zones;
    private final int[] order;
    private final int[] starts;
    private final List<Integer> left = new ArrayList<>();
    private final List<KeyOrder> orders = new ArrayList<>();
    private int decided;
    private Clash earliest;

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
    public record Clash(int key, int operation, int[] prefix, int[] proof) {}

    private Zones(History history, RegisterModel model) {
        this.input = new ZoneInput(history, model);
        this.zones = new KeyZones(input);
        this.starts = new int[input.valueCount() + 1];
        this.order = byKey();
    }

    /** Judges every key; {@code ordered} asks for the orders of valid ones. */
    public static Zones judge(History history, RegisterModel model, boolean ordered) {
        Zones result = new Zones(history, model);
        for (int key = 0; key < result.starts.length - 1; key++) {
            if (result.starts[key] < result.starts[key + 1]) {
                result.judge(key, ordered);
            }
        }
        return result;
    }

    /** Keys that zones can't decide. */
    public List<Integer> left() {
        return left;
    }

    /** How many keys were decided. */
    public int decided() {
        return decided;
    }

    /** The orders of valid keys, if asked for. */
    public List<KeyOrder> orders() {
        return orders;
    }

    /** The broken key that breaks first, as a list of one or none. */
    public List<Clash> clash() {
        return earliest == null ? List.of() : List.of(earliest);
    }

    /** A counting sort, which keeps the order of calls within a key. */
    private int[] byKey() {
        for (int op = 0; op < input.size(); op++) {
            starts[input.key(op) + 1]++;
        }
        for (int key = 1; key < starts.length; key++) {
            starts[key] += starts[key - 1];
        }
        int[] next = starts.clone();
        int[] result = new int[input.size()];
        for (int op = 0; op < result.length; op++) {
            result[next[input.key(op)]++] = op;
        }
        return result;
    }

    private void judge(int key, boolean ordered) {
        int from = starts[key];
        int to = starts[key + 1];
        switch (zones.judge(order, from, to, History.OPEN)) {
            case NOT_APPLICABLE -> left.add(key);
            case VALID -> {
                decided++;
                if (ordered) {
                    orders.add(new KeyOrder(key, zones.order(order, from, to)));
                }
            }
            case INVALID -> {
                decided++;
                refuse(key, from, to);
            }
        }
    }

    /** Finds the first return by which the key is broken: broken once, broken ever after. */
    private void refuse(int key, int from, int to) {
        int bad = lastReturn(zones.proof()) + 1;
        int good = bad;
        int step = 1;
        while (good == bad) {
            // The clash that was found is often near the first: look just before it first.
            int earlier = Math.max(0, bad - step);
            step *= 4;
            if (earlier > 0 && zones.judge(order, from, to, earlier) == KeyZones.Outcome.INVALID) {
                bad = Math.min(earlier, lastReturn(zones.proof()) + 1);
                good = bad;
            } else {
                good = earlier;
            }
        }
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (zones.judge(order, from, to, middle) == KeyZones.Outcome.INVALID) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        zones.judge(order, from, to, bad);
        int[] proof = zones.proof();
        int stuck = returningAt(bad - 1, from, to);
        zones.judge(order, from, to, good);
        int[] prefix = zones.order(order, from, to, good);
        Clash clash = new Clash(key, stuck, prefix, proof);
        if (earliest == null || input.completion(stuck) < input.completion(earliest.operation())) {
            earliest = clash;
        }
    }

    /** The event by which the proof is complete. */
    private int lastReturn(int[] proof) {
        int last = 0;
        for (int op : proof) {
            int end = input.completion(op);
            last = Math.max(last, end == History.OPEN ? input.call(op) : end);
        }
        return last;
    }

    private int returningAt(int event, int from, int to) {
        for (int i = from; i < to; i++) {
            if (input.completion(order[i]) == event) {
                return order[i];
            }
        }
        throw new IllegalStateException("a history can only break when an operation returns");
    }
}
