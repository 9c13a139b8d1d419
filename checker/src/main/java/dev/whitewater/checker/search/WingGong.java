package dev.whitewater.checker.search;

import dev.whitewater.checker.port.Budget;

import java.util.Arrays;

/**
 * The search of Wing and Gong (1993) with Lowe's memory of what failed (2017): depth first over a
 * linked list of calls and returns. It shares nothing with {@link JustInTime} but the model's
 * table, keeps no tricks, and serves as a second opinion.
 */
public final class WingGong {
    private final Part part;
    private final Purse purse;
    private final Transitions transitions;
    private final int[] next;
    private final int[] previous;
    private final int size;
    private final int answered;

    /** Node 0 is the head; node 1 + i the call of i; node 1 + size + i its return. */
    private WingGong(Part part, Purse purse) {
        this.part = part;
        this.purse = purse;
        this.transitions = part.transitions(purse);
        this.size = part.size();
        purse.take(16L * size);
        this.next = new int[2 * size + 1];
        this.previous = new int[2 * size + 1];
        this.answered = link();
    }

    /** Judges one part. */
    public static SearchResult search(Part part, Budget budget) {
        return search(part, budget, Long.MAX_VALUE);
    }

    /** The same, giving up after so many steps. */
    public static SearchResult search(Part part, Budget budget, long allowance) {
        try (Purse purse = new Purse(budget, allowance)) {
            return new WingGong(part, purse).run();
        } catch (Exhausted e) {
            return new SearchResult.GaveUp(e.getMessage());
        }
    }

    private int link() {
        int[] returning = part.inOrderOfReturn();
        int last = 0;
        int returned = 0;
        for (int op = 0; op < size; op++) {
            while (returned < returning.length
                    && part.completion(returning[returned]) < part.call(op)) {
                last = append(last, 1 + size + returning[returned++]);
            }
            last = append(last, 1 + op);
        }
        while (returned < returning.length) {
            last = append(last, 1 + size + returning[returned++]);
        }
        return returning.length;
    }

    private int append(int last, int node) {
        next[last] = node;
        previous[node] = last;
        return node;
    }

    private SearchResult run() {
        Memory failed = new Memory((size + 63) / 64, purse);
        long[] done = new long[(size + 63) / 64 + 1];
        int[] stack = new int[size];
        int[] states = new int[size + 1];
        int depth = 0;
        int missing = answered;
        int[] best = new int[0];
        int bestStuck = -1;
        int node = next[0];
        states[0] = transitions.initial();
        while (missing > 0) {
            purse.step();
            boolean call = node != 0 && node <= size;
            if (call && tryOrdering(node - 1, states[depth], done, failed)) {
                int op = node - 1;
                states[depth + 1] = transitions.next(states[depth], part.kind(op));
                stack[depth++] = op;
                missing -= part.isOpen(op) ? 0 : 1;
                lift(op);
                node = next[0];
            } else if (call) {
                node = next[node];
            } else {
                if (depth > best.length || bestStuck < 0) {
                    best = Arrays.copyOf(stack, depth);
                    bestStuck = node == 0 ? 0 : node - 1 - size;
                }
                if (depth == 0) {
                    return new SearchResult.Stuck(bestStuck, best);
                }
                int op = stack[--depth];
                missing += part.isOpen(op) ? 0 : 1;
                done[op >> 6] &= ~(1L << op);
                unlift(op);
                node = next[1 + op];
            }
        }
        return new SearchResult.Found(Arrays.copyOf(stack, depth));
    }

    private boolean tryOrdering(int op, int state, long[] done, Memory failed) {
        int target = transitions.next(state, part.kind(op));
        if (target == Transitions.REFUSED) {
            return false;
        }
        done[op >> 6] |= 1L << op;
        done[done.length - 1] = target;
        if (failed.add(done)) {
            return true;
        }
        done[op >> 6] &= ~(1L << op);
        return false;
    }

    private void lift(int op) {
        unlink(1 + op);
        if (!part.isOpen(op)) {
            unlink(1 + size + op);
        }
    }

    private void unlift(int op) {
        if (!part.isOpen(op)) {
            relink(1 + size + op);
        }
        relink(1 + op);
    }

    private void unlink(int node) {
        next[previous[node]] = next[node];
        if (next[node] != 0) {
            previous[next[node]] = previous[node];
        }
    }

    private void relink(int node) {
        next[previous[node]] = node;
        if (next[node] != 0) {
            previous[next[node]] = node;
        }
    }

    /**
     * The sets of done operations, each with a state, that were met before. Stored without the full
     * words in front and the empty ones behind.
     */
    private static final class Memory {
        private final int words;
        private final Purse purse;
        private long[] store = new long[1024];
        private int[] starts = new int[256];
        private int[] table = new int[512];
        private int count;

        Memory(int words, Purse purse) {
            this.words = words;
            this.purse = purse;
        }

        boolean add(long[] look) {
            int from = 0;
            while (from < words && look[from] == -1L) {
                from++;
            }
            int to = words;
            while (to > from && look[to - 1] == 0) {
                to--;
            }
            long hash = look[words] * 31 + from;
            for (int i = from; i < to; i++) {
                hash = (hash ^ look[i]) * 0x9e3779b97f4a7c15L;
                hash ^= hash >>> 31;
            }
            int slot = Transitions.hash(hash) & (table.length - 1);
            while (table[slot] != 0) {
                if (same(table[slot] - 1, look, from, to)) {
                    return false;
                }
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = append(look, from, to, hash) + 1;
            if (count * 2 > table.length) {
                grow();
            }
            return true;
        }

        /** Layout: hash, state and first word, then the words. */
        private int append(long[] look, int from, int to, long hash) {
            if (count + 2 > starts.length) {
                purse.take(4L * starts.length);
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            int start = starts[count];
            int end = start + 2 + (to - from);
            if (end > store.length) {
                int length = Math.max(end, (int) Math.min(store.length * 2L, 1 << 30));
                if (length < end || length == store.length) {
                    throw Exhausted.memory();
                }
                purse.take(8L * (length - store.length));
                store = Arrays.copyOf(store, length);
            }
            store[start] = hash;
            store[start + 1] = look[words] << 32 | from;
            System.arraycopy(look, from, store, start + 2, to - from);
            starts[++count] = end;
            return count - 1;
        }

        private boolean same(int entry, long[] look, int from, int to) {
            int start = starts[entry];
            return store[start + 1] == (look[words] << 32 | from)
                    && Arrays.equals(store, start + 2, starts[entry + 1], look, from, to);
        }

        private void grow() {
            purse.take(4L * table.length);
            int[] bigger = new int[table.length * 2];
            for (int entry = 0; entry < count; entry++) {
                int slot = Transitions.hash(store[starts[entry]]) & (bigger.length - 1);
                while (bigger[slot] != 0) {
                    slot = (slot + 1) & (bigger.length - 1);
                }
                bigger[slot] = entry + 1;
            }
            table = bigger;
        }
    }
}
