package dev.whitewater.checker.search;

import dev.whitewater.checker.port.Budget;

import java.util.Arrays;

/**
 * Just-in-time linearization (Lowe, "Testing for linearizability", 2017): walks the events in real
 * time and keeps every configuration the system may be in — a state, and which open operations have
 * taken effect. Operations are ordered only when one of them has to return. On top of Lowe's form:
 *
 * <ul>
 *   <li>bits exist for open operations only ({@link Slots}), and dominated configurations are
 *       dropped ({@link ConfigurationSet}); where nothing is open only states are left, so the
 *       history splits there by itself;
 *   <li>reads take effect at the first moment they can: they disturb nobody;
 *   <li>a write nobody sees is never ordered: it hides just before another write ("exposed" says
 *       that there was none yet). So the search branches only over what some read needs, and an
 *       unanswered write is tried only when its value is;
 *   <li>of equal open operations the one that returns first is taken first.
 * </ul>
 */
public final class JustInTime {
    private static final int NOWHERE = -1;

    private final Part part;
    private final int[] returning;
    private final Slots slots;
    private final Purse purse;
    private final Transitions transitions;
    private final Steps steps;
    private final ConfigurationSet visited;
    private ConfigurationSet current;
    private ConfigurationSet following;
    private final long[] scratch;

    private int[] open = new int[16];
    private int opens;
    private final int[] stamps;
    private int stamp;

    /** Per visited row: the state before its last step, if nobody looked at what that step did. */
    private int[] detours = new int[64];

    private byte[] detourKinds = new byte[64];
    private boolean[] fresh = new boolean[64];
    private static final byte ANY_NEXT = 1;
    private static final byte OVERWRITING_NEXT = 2;

    private JustInTime(Part part, Purse purse) {
        this.part = part;
        this.purse = purse;
        this.returning = part.inOrderOfReturn();
        this.slots = new Slots(part, returning, purse);
        this.transitions = part.transitions(purse);
        this.steps = new Steps(purse);
        this.visited = newSet();
        this.current = newSet();
        this.following = newSet();
        this.scratch = new long[current.width()];
        this.stamps = new int[2 * part.kinds()];
    }

    private ConfigurationSet newSet() {
        return new ConfigurationSet(slots.hardWords(), slots.softWords(), purse);
    }

    /** Judges one part. */
    public static SearchResult search(Part part, Budget budget) {
        return search(part, budget, Long.MAX_VALUE);
    }

    /** The same, giving up after so many steps. */
    public static SearchResult search(Part part, Budget budget, long allowance) {
        try (Purse purse = new Purse(budget, allowance)) {
            return new JustInTime(part, purse).run();
        } catch (Exhausted e) {
            return new SearchResult.GaveUp(e.getMessage());
        }
    }

    private SearchResult run() {
        current.add(scratch, Steps.ROOT);
        int returned = 0;
        for (int op = 0; op < part.size(); op++) {
            while (returned < returning.length
                    && part.completion(returning[returned]) < part.call(op)) {
                int done = returning[returned++];
                if (!complete(done)) {
                    return stuck(done);
                }
            }
            call(op);
        }
        while (returned < returning.length) {
            int done = returning[returned++];
            if (!complete(done)) {
                return stuck(done);
            }
        }
        return new SearchResult.Found(longestOrder());
    }

    private SearchResult stuck(int op) {
        return new SearchResult.Stuck(op, longestOrder());
    }

    private int[] longestOrder() {
        int best = Steps.ROOT;
        int length = -1;
        int[] lengths = steps.lengths();
        for (int row = 0; row < current.size(); row++) {
            int step = current.step(row);
            if (!current.isDead(row) && (step == Steps.ROOT ? 0 : lengths[step]) > length) {
                length = step == Steps.ROOT ? 0 : lengths[step];
                best = step;
            }
        }
        return new Unfolding(part, transitions, steps, purse).order(best);
    }

    // ---- calls

    private void call(int op) {
        purse.step();
        insertOpen(op);
        Slots.Role role = slots.role(op);
        if (role == Slots.Role.UPDATE || role == Slots.Role.MAYBE) {
            return;
        }
        int bit = slots.bit(op);
        for (int row = 0; row < current.size(); row++) {
            purse.step();
            if (current.isDead(row)) {
                continue;
            }
            int state = current.state(row);
            int next = transitions.next(state, part.kind(op));
            if (role == Slots.Role.READ) {
                if (next == Transitions.REFUSED) {
                    current.setSoft(row, bit);
                } else {
                    current.step(row, steps.add(current.step(row), op, part.call(op)));
                }
            } else if (next != state) {
                current.setSoft(row, bit + 1);
            }
        }
    }

    /** Keeps open operations in the order of their returns, unanswered ones last. */
    private void insertOpen(int op) {
        if (opens == open.length) {
            open = Arrays.copyOf(open, opens * 2);
        }
        int at = opens++;
        while (at > 0 && part.completion(open[at - 1]) > part.completion(op)) {
            open[at] = open[at - 1];
            at--;
        }
        open[at] = op;
    }

    // ---- returns

    /** Keeps the configurations in which this operation is done; false when there is none. */
    private boolean complete(int op) {
        boolean kept = slots.role(op) == Slots.Role.READ && nobodyWaitsFor(slots.bit(op));
        if (!kept) {
            closeOver(op);
        }
        removeOpen(op);
        if (kept) {
            return true;
        }
        if (following.alive() == 0) {
            return false;
        }
        ConfigurationSet swapped = current;
        current = following;
        following = swapped;
        if (steps.wantsSweep()) {
            steps.sweep(current);
        }
        return true;
    }

    /** The first open operation is the one that returns: they are in that order. */
    private void removeOpen(int op) {
        int at = 0;
        while (open[at] != op) {
            at++;
        }
        System.arraycopy(open, at + 1, open, at, opens - at - 1);
        opens--;
    }

    private boolean nobodyWaitsFor(int bit) {
        for (int row = 0; row < current.size(); row++) {
            if (!current.isDead(row) && current.soft(row, bit)) {
                return false;
            }
        }
        return true;
    }

    private void closeOver(int op) {
        visited.clear();
        following.clear();
        for (int row = 0; row < current.size(); row++) {
            if (!current.isDead(row)) {
                current.copyTo(row, scratch);
                visit(current.step(row), NOWHERE, (byte) 0, true);
            }
        }
        for (int row = 0; row < visited.size(); row++) {
            purse.step();
            if (!visited.isDead(row) && !settled(row, op)) {
                extend(row, part.completion(op));
            }
        }
    }

    private void visit(int step, int detour, byte detourKind, boolean isFresh) {
        int row = visited.add(scratch, step);
        if (row < 0) {
            return;
        }
        if (row >= detours.length) {
            purse.take(6L * row);
            detours = Arrays.copyOf(detours, row * 2);
            detourKinds = Arrays.copyOf(detourKinds, row * 2);
            fresh = Arrays.copyOf(fresh, row * 2);
        }
        detours[row] = detour;
        detourKinds[row] = detourKind;
        fresh[row] = isFresh;
    }

    /** Whether this row needs no more steps before the operation returns; if so it is kept. */
    private boolean settled(int row, int op) {
        int bit = slots.bit(op);
        return switch (slots.role(op)) {
            case READ -> !visited.soft(row, bit) && keep(row, op, visited.step(row));
            case UPDATE -> visited.hard(row, bit) && keep(row, op, visited.step(row));
            case WRITE -> settledWrite(row, op, bit);
            case MAYBE -> throw new IllegalStateException("an unanswered operation returned");
        };
    }

    private boolean settledWrite(int row, int op, int bit) {
        if (visited.soft(row, bit)) {
            return keep(row, op, visited.step(row));
        }
        if (fresh[row] && !visited.soft(row, bit + 1)) {
            // It may have hidden before a write that was passed. It may as well show itself now,
            // so the row is extended all the same.
            keep(row, op, steps.add(visited.step(row), ~op, part.completion(op)));
        }
        return false;
    }

    private boolean keep(int row, int op, int step) {
        visited.copyTo(row, scratch);
        int bit = slots.bit(op);
        if (slots.role(op) == Slots.Role.UPDATE) {
            scratch[1 + (bit >> 6)] &= ~(1L << bit);
        } else {
            scratch[softWord(bit)] &= ~(1L << bit);
        }
        following.add(scratch, step);
        return true;
    }

    private int softWord(int bit) {
        return 1 + slots.hardWords() + (bit >> 6);
    }

    // ---- extending a configuration by one operation

    private void extend(int row, int event) {
        stamp++;
        for (int i = 0; i < opens; i++) {
            int op = open[i];
            Slots.Role role = slots.role(op);
            if (role != Slots.Role.READ && isFirstOfItsKind(row, op, role)) {
                extend(row, op, event);
            }
        }
    }

    /** Whether the operation is yet to be ordered and no equal one that returns earlier is. */
    private boolean isFirstOfItsKind(int row, int op, Slots.Role role) {
        int bit = slots.bit(op);
        boolean done = role == Slots.Role.UPDATE ? visited.hard(row, bit) : visited.soft(row, bit);
        if (done) {
            return false;
        }
        boolean hidden = role == Slots.Role.WRITE && !visited.soft(row, bit + 1);
        int look = 2 * part.kind(op) + (hidden ? 1 : 0);
        if (stamps[look] == stamp) {
            return false;
        }
        stamps[look] = stamp;
        return true;
    }

    private void extend(int row, int op, int event) {
        int state = visited.state(row);
        int kind = part.kind(op);
        int next = transitions.next(state, kind);
        Slots.Role role = slots.role(op);
        if (next == Transitions.REFUSED
                || (next == state && role != Slots.Role.UPDATE && hidesNobody(row, op))
                || isDetour(row, op, next)) {
            return;
        }
        visited.copyTo(row, scratch);
        scratch[0] = next;
        int bit = slots.bit(op);
        boolean wasExposed = false;
        if (role == Slots.Role.UPDATE) {
            scratch[1 + (bit >> 6)] |= 1L << bit;
        } else {
            scratch[softWord(bit)] |= 1L << bit;
            if (role == Slots.Role.WRITE) {
                wasExposed = visited.soft(row, bit + 1);
                scratch[softWord(bit)] &= ~(1L << (bit + 1));
            }
        }
        arrive(row, op, event, wasExposed);
    }

    /** Writing the value that is there anyway still hides the writes that were exposed. */
    private boolean hidesNobody(int row, int op) {
        if (part.overwrites(op)) {
            for (int i = 0; i < opens; i++) {
                int other = open[i];
                if (other != op
                        && slots.role(other) == Slots.Role.WRITE
                        && visited.soft(row, slots.bit(other) + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Lets everybody who can take effect in the new state of the scratch row, and visits it. */
    private void arrive(int row, int op, int event, boolean wasExposed) {
        int state = (int) scratch[0];
        boolean overwriting = part.overwrites(op);
        int step = steps.add(visited.step(row), op, event);
        boolean seen = slots.role(op) == Slots.Role.UPDATE;
        boolean hid = false;
        boolean isFresh = false;
        for (int i = 0; i < opens; i++) {
            int other = open[i];
            Slots.Role role = slots.role(other);
            int bit = slots.bit(other) + (role == Slots.Role.WRITE ? 1 : 0);
            if ((role != Slots.Role.READ && role != Slots.Role.WRITE)
                    || (scratch[softWord(bit)] >>> bit & 1) == 0) {
                continue;
            }
            int next = transitions.next(state, part.kind(other));
            if (role == Slots.Role.READ && next != Transitions.REFUSED) {
                step = steps.add(step, other, event);
                seen = true;
                scratch[softWord(bit)] &= ~(1L << bit);
            } else if (role == Slots.Role.WRITE && (overwriting || next == state)) {
                hid = true;
                seen |= !overwriting;
                isFresh = true;
                scratch[softWord(bit)] &= ~(1L << bit);
            }
        }
        byte kind = hid || wasExposed ? OVERWRITING_NEXT : ANY_NEXT;
        visit(step, seen ? NOWHERE : visited.state(row), kind, isFresh);
    }

    /**
     * Whether going straight from the row's predecessor does the same as going on from the row: its
     * last step was seen by nobody, and what that step hid, this one hides as well.
     */
    private boolean isDetour(int row, int op, int next) {
        int before = detours[row];
        return before != NOWHERE
                && (detourKinds[row] == ANY_NEXT || part.overwrites(op))
                && transitions.next(before, part.kind(op)) == next;
    }
}
