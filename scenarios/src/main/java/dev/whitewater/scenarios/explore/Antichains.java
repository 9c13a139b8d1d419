package dev.whitewater.scenarios.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states seen so far, without those that another one makes superfluous: of two states whose
 * members are the same, the one with fewer proposals behind it, more crashes ahead of it and more
 * messages on the wire can do all that the other can.
 *
 * <p>What is left when all has been seen, the greatest states, does not depend on the order in
 * which they were seen.
 */
final class Antichains {

    private static final int NONE = -1;

    private final Layout layout;
    private final LongIntMap heads = new LongIntMap();
    private final List<int[]> states = new ArrayList<>();
    private int[] next = new int[1 << 12];
    private byte[] orbits = new byte[1 << 12];
    private boolean[] superfluous = new boolean[1 << 12];
    private long greatest;
    private long unreduced;

    Antichains(Layout layout) {
        this.layout = layout;
    }

    /** How many were ever taken in. */
    int size() {
        return states.size();
    }

    int[] get(int index) {
        return states.get(index);
    }

    boolean isSuperfluous(int index) {
        return superfluous[index];
    }

    /** How many are not superfluous. */
    long greatest() {
        return greatest;
    }

    /** The same, each way to name its members counted by itself. */
    long unreduced() {
        return unreduced;
    }

    /**
     * Takes a state in that is the same under each of the names in {@code variants}; false if it is
     * superfluous.
     *
     * @param orbit how many states it stands for
     */
    boolean admit(List<int[]> variants, int orbit) {
        int[] state = variants.getFirst();
        long key = key(state);
        int head = heads.get(key);
        for (int at = head; at != NONE; at = next[at]) {
            if (isCovered(variants, states.get(at))) {
                return false;
            }
        }
        int index = add(state, orbit);
        next[index] = dropCovered(head, variants);
        heads.put(key, index);
        return true;
    }

    private int add(int[] state, int orbit) {
        int index = states.size();
        states.add(state);
        if (index == next.length) {
            next = Arrays.copyOf(next, 2 * index);
            orbits = Arrays.copyOf(orbits, 2 * index);
            superfluous = Arrays.copyOf(superfluous, 2 * index);
        }
        orbits[index] = (byte) orbit;
        greatest++;
        unreduced += orbit;
        return index;
    }

    /** The chain from {@code head} on without the states that the new one covers. */
    private int dropCovered(int head, List<int[]> variants) {
        int first = NONE;
        int last = NONE;
        for (int at = head; at != NONE; at = next[at]) {
            if (covers(variants, states.get(at))) {
                superfluous[at] = true;
                greatest--;
                unreduced -= orbits[at];
                continue;
            }
            if (last == NONE) {
                first = at;
            } else {
                next[last] = at;
            }
            last = at;
        }
        if (last != NONE) {
            next[last] = NONE;
        }
        return first;
    }

    private boolean isCovered(List<int[]> variants, int[] by) {
        for (int[] variant : variants) {
            if (layout.isCovered(variant, by)) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(List<int[]> variants, int[] other) {
        for (int[] variant : variants) {
            if (layout.isCovered(other, variant)) {
                return true;
            }
        }
        return false;
    }

    private long key(int[] state) {
        long hash = 0;
        for (int i = layout.leaders(); i < layout.wire(); i++) {
            hash = Hashes.mix(hash ^ state[i]);
        }
        return hash == 0 ? 1 : hash;
    }
}
