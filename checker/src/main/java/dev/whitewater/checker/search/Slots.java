package dev.whitewater.checker.search;

import java.util.Arrays;

/**
 * Where each operation keeps its bits while it is open. Slots are given at the call and taken back
 * at the return, so a configuration is as wide as the most operations that were ever open at once,
 * not as long as the history. All is known beforehand, so widths never change during the search.
 *
 * <p>Hard bits must match for two configurations to be compared at all; of soft bits fewer are
 * better ({@link ConfigurationSet}). By role:
 *
 * <ul>
 *   <li>UPDATE, an answered operation that reads and writes: one hard bit, "done";
 *   <li>READ: one soft bit, "still waiting";
 *   <li>WRITE, an answered operation that overwrites the state: two soft bits, "seen" (it was
 *       ordered and is done) and "exposed" (no place for it has been passed yet). With neither, it
 *       may be ordered just before an overwriting operation that has been passed since its call,
 *       where nobody can notice;
 *   <li>MAYBE, an unanswered operation: one soft bit, "used". Its slot is never given back.
 * </ul>
 */
final class Slots {
    enum Role {
        UPDATE,
        READ,
        WRITE,
        MAYBE
    }

    private final Role[] roles;
    private final int[] bits;
    private final int hardWords;
    private final int softWords;

    Slots(Part part, int[] returning, Purse purse) {
        int size = part.size();
        roles = new Role[size];
        bits = new int[size];
        Pool hard = new Pool();
        Pool soft = new Pool();
        int returned = 0;
        for (int op = 0; op < size; op++) {
            purse.step();
            while (returned < returning.length
                    && part.completion(returning[returned]) < part.call(op)) {
                int done = returning[returned++];
                (roles[done] == Role.UPDATE ? hard : soft).give(bits[done], width(roles[done]));
            }
            roles[op] = role(part, op);
            bits[op] = (roles[op] == Role.UPDATE ? hard : soft).take(width(roles[op]));
        }
        hardWords = hard.words();
        softWords = soft.words();
    }

    private static Role role(Part part, int op) {
        if (part.isOpen(op)) {
            return Role.MAYBE;
        }
        if (part.isReadOnly(op)) {
            return Role.READ;
        }
        return part.overwrites(op) ? Role.WRITE : Role.UPDATE;
    }

    private static int width(Role role) {
        return role == Role.WRITE ? 2 : 1;
    }

    Role role(int op) {
        return roles[op];
    }

    /** The operation's first bit, among the hard ones for UPDATE, else among the soft ones. */
    int bit(int op) {
        return bits[op];
    }

    int hardWords() {
        return hardWords;
    }

    int softWords() {
        return softWords;
    }

    /** Bits of one sort; pairs are given at even places, so that they share a word. */
    private static final class Pool {
        private final Stack singles = new Stack();
        private final Stack pairs = new Stack();
        private int next;

        int take(int width) {
            Stack free = width == 1 ? singles : pairs;
            if (free.size > 0) {
                return free.pop();
            }
            if (width == 2 && (next & 1) == 1) {
                singles.push(next++);
            }
            int bit = next;
            next += width;
            return bit;
        }

        void give(int bit, int width) {
            (width == 1 ? singles : pairs).push(bit);
        }

        int words() {
            return (next + 63) / 64;
        }
    }

    /** The bit that was free last comes first. */
    private static final class Stack {
        private int[] bits = new int[16];
        private int size;

        void push(int bit) {
            if (size == bits.length) {
                bits = Arrays.copyOf(bits, size * 2);
            }
            bits[size++] = bit;
        }

        int pop() {
            return bits[--size];
        }
    }
}
