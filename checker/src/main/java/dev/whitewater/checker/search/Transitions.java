package dev.whitewater.checker.search;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model as a table of numbers: states and kinds of operations are small ids, and the model is
 * asked once for each pair. Filled as the search goes. Kind: operations that a model can't tell
 * apart (same action, same answer).
 */
public final class Transitions {
    /** The operation is refused in this state. */
    public static final int REFUSED = -1;

    private static final long BYTES_PER_STATE = 96;
    private static final long BYTES_PER_PAIR = 24;

    private final Machine<?> machine;
    private final List<Operation> kinds;
    private long[] pairs = new long[256];
    private int[] targets = new int[256];
    private int known;
    private Purse purse;

    public <S> Transitions(Model<S> model, List<Operation> kinds, Purse purse) {
        this.machine = new Machine<>(model);
        this.kinds = kinds;
        this.purse = purse;
    }

    public int initial() {
        return 0;
    }

    public String describe(int state) {
        return machine.describe(state);
    }

    /** Why the kind is refused in the state. */
    public String refusal(int state, int kind) {
        return machine.refusal(state, kinds.get(kind));
    }

    /** The state that this kind leads to, or {@link #REFUSED}. */
    public int next(int state, int kind) {
        long pair = ((long) state << 32 | kind) + 1;
        int mask = pairs.length - 1;
        int slot = hash(pair) & mask;
        while (pairs[slot] != 0) {
            if (pairs[slot] == pair) {
                return targets[slot];
            }
            slot = (slot + 1) & mask;
        }
        // A model may be slow: look at the clock before each step that it has to do itself.
        purse.lookAside();
        int before = machine.size();
        int target = machine.step(state, kinds.get(kind));
        if (machine.size() > before) {
            purse.take(BYTES_PER_STATE);
        }
        pairs[slot] = pair;
        targets[slot] = target;
        if (++known * 2 > pairs.length) {
            grow();
        }
        return target;
    }

    private void grow() {
        purse.take(BYTES_PER_PAIR * pairs.length);
        long[] oldPairs = pairs;
        int[] oldTargets = targets;
        pairs = new long[oldPairs.length * 2];
        targets = new int[oldPairs.length * 2];
        int mask = pairs.length - 1;
        for (int i = 0; i < oldPairs.length; i++) {
            if (oldPairs[i] != 0) {
                int slot = hash(oldPairs[i]) & mask;
                while (pairs[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                pairs[slot] = oldPairs[i];
                targets[slot] = oldTargets[i];
            }
        }
    }

    static int hash(long value) {
        long mixed = value * 0x9e3779b97f4a7c15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** The states met so far, by content. */
    private static final class Machine<S> {
        private final Model<S> model;
        private final ArrayList<S> states = new ArrayList<>();
        private int[] table = new int[64];

        Machine(Model<S> model) {
            this.model = model;
            idOf(model.initial());
        }

        int size() {
            return states.size();
        }

        int step(int state, Operation operation) {
            return switch (model.step(states.get(state), operation)) {
                case Step.Next<S>(S next) -> idOf(next);
                case Step.Refused<S> _ -> REFUSED;
            };
        }

        String refusal(int state, Operation operation) {
            return switch (model.step(states.get(state), operation)) {
                case Step.Next<S> _ -> "";
                case Step.Refused<S>(String why) -> why;
            };
        }

        String describe(int state) {
            return model.describe(states.get(state));
        }

        private int idOf(S state) {
            int mask = table.length - 1;
            int slot = hash(model.hash(state)) & mask;
            while (table[slot] != 0) {
                if (model.same(states.get(table[slot] - 1), state)) {
                    return table[slot] - 1;
                }
                slot = (slot + 1) & mask;
            }
            states.add(state);
            table[slot] = states.size();
            if (states.size() * 2 > table.length) {
                rehash();
            }
            return states.size() - 1;
        }

        private void rehash() {
            table = new int[table.length * 2];
            Arrays.fill(table, 0);
            int mask = table.length - 1;
            for (int id = 0; id < states.size(); id++) {
                int slot = hash(model.hash(states.get(id))) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = id + 1;
            }
        }
    }
}
