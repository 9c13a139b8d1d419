package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.zone.Zones.Clash;
import dev.whitewater.checker.zone.Zones.KeyOrder;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges some of the keys of a history by zones ({@link KeyZones}), one after the other. What it
 * finds of a key doesn't depend on other slabs, but which of several broken keys is told does: so
 * the cut into slabs is the same whoever judges them.
 */
final class ZoneSlab {
    private final ZoneInput input;
    private final KeyZones zones;
    private final List<Integer> left = new ArrayList<>();
    private final List<KeyOrder> orders = new ArrayList<>();
    private int decided;
    private int earliestEnd = History.OPEN;
    private Clash earliest;

    private ZoneSlab(ZoneInput input, History history, Purse purse) {
        purse.take(2L * Integer.BYTES * input.valueCount());
        this.input = input;
        this.zones = new KeyZones(input, new Appends(input, history, purse), purse);
    }

    /** Judges the keys from one up to, not including, another. */
    static ZoneSlab judge(Zones.Job job, int first, int end, Purse purse) {
        ZoneSlab slab = new ZoneSlab(job.input(), job.history(), purse);
        for (int key = first; key < end; key++) {
            if (slab.input.start(key) < slab.input.start(key + 1)) {
                slab.judge(key, job.ordered());
            }
        }
        return slab;
    }

    /** Keys that zones can't decide. */
    List<Integer> left() {
        return left;
    }

    /** How many keys were decided. */
    int decided() {
        return decided;
    }

    /** The orders of valid keys, if asked for. */
    List<KeyOrder> orders() {
        return orders;
    }

    /** The event by which the first broken key is, or {@link History#OPEN}. */
    int earliestEnd() {
        return earliestEnd;
    }

    /** The broken key that breaks first, as a list of one or none. */
    List<Clash> clash() {
        return earliest == null ? List.of() : List.of(earliest);
    }

    private void judge(int key, boolean ordered) {
        int from = input.start(key);
        int to = input.start(key + 1);
        switch (zones.judge(from, to, History.OPEN)) {
            case NOT_APPLICABLE -> left.add(key);
            case VALID -> {
                decided++;
                if (ordered) {
                    orders.add(new KeyOrder(key, ordered(from, to, History.OPEN)));
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
        Proof proof = zones.told(zones.proof().orElseThrow());
        int bad = certain(proof, lastReturn(from, to) + 1, from, to);
        int good = bad;
        int step = 1;
        while (good == bad) {
            // The clash that was found is often the first: look just before it first.
            int earlier = Math.max(0, bad - step);
            step *= 4;
            if (earlier > 0 && isBroken(from, to, earlier)) {
                proof = zones.told(zones.proof().orElseThrow());
                bad = certain(proof, earlier, from, to);
                good = bad;
            } else {
                good = earlier;
            }
        }
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (isBroken(from, to, middle)) {
                proof = zones.told(zones.proof().orElseThrow());
                bad = middle;
            } else {
                good = middle;
            }
        }
        int stuck = returningAt(bad - 1, from, to);
        if (input.completion(stuck) < earliestEnd) {
            if (zones.judge(from, to, good) != KeyZones.Outcome.VALID) {
                // What comes before can't be told by zones, so neither where it breaks.
                decided--;
                left.add(key);
                return;
            }
            int[] prefix = ordered(from, to, good);
            earliestEnd = input.completion(stuck);
            earliest = new Clash(key, input.operation(stuck), prefix, translated(proof));
        }
    }

    /** A cut at which the key is broken for sure: where the proof is complete, if it tells all. */
    private int certain(Proof proof, int atMost, int from, int to) {
        int complete = Math.min(atMost, zones.complete(proof) + 1);
        return (zones.hasSwaps() || input.hasAppends(from, to)) && !isBroken(from, to, complete)
                ? atMost
                : complete;
    }

    private int lastReturn(int from, int to) {
        int last = 0;
        for (int i = from; i < to; i++) {
            int end = input.completion(i);
            last = end == History.OPEN ? last : Math.max(last, end);
        }
        return last;
    }

    private int[] ordered(int from, int to, int cut) {
        return input.operations(zones.order(from, to, cut));
    }

    /** Numbers of the history for places. */
    private Proof translated(Proof proof) {
        return new Proof(
                proof.kind(),
                input.operations(proof.seenBy()),
                input.operations(proof.operations()));
    }

    private boolean isBroken(int from, int to, int cut) {
        return zones.judge(from, to, cut) == KeyZones.Outcome.INVALID;
    }

    private int returningAt(int event, int from, int to) {
        for (int i = from; i < to; i++) {
            if (input.completion(i) == event) {
                return i;
            }
        }
        throw new IllegalStateException("a history can only break when an operation returns");
    }
}
