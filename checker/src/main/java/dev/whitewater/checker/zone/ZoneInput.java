package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.model.RegisterModel.Access;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A history of registers as the zones want it: numbers only, key after key and in each in the order
 * of calls. Everybody here speaks of operations by their places in this order: going through one
 * key then means going through memory in a straight line, which is where most of the time went.
 */
final class ZoneInput {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int NOTHING = 2;

    /** A compare-and-set that found what it expected. */
    static final int SWAP = 3;

    static final int OTHER = 4;

    private static final int BYTES_PER_OPERATION = 17;

    private final History history;
    private final RegisterModel model;
    private final int[] accessByFunction;
    private final int initial;
    private final boolean nilIsInitial;
    private final int[] starts;
    private final int[] operations;
    private final int[] calls;
    private final int[] ends;
    private final byte[] accesses;

    /** What a read saw, what others wrote. */
    private final int[] values;

    /** Which places are appends; empty when there is none. */
    private boolean[] appends = {};

    /** What swaps expected; empty when there is none. */
    private int[] expected = {};

    ZoneInput(History history, RegisterModel model, Purse purse) {
        this.history = history;
        this.model = model;
        List<String> names = history.functionNames();
        accessByFunction = new int[names.size()];
        for (int i = 0; i < accessByFunction.length; i++) {
            accessByFunction[i] =
                    switch (model.plain(names.get(i))) {
                        case READ -> READ;
                        case WRITE -> WRITE;
                        case OTHER -> OTHER;
                    };
        }
        initial = history.values().idOf(model.initial());
        nilIsInitial = model.nilIsInitial();
        int size = history.size();
        purse.take((long) BYTES_PER_OPERATION * size + 4L * history.values().size());
        operations = new int[size];
        calls = new int[size];
        ends = new int[size];
        accesses = new byte[size];
        values = new int[size];
        starts = starts();
        fill(purse);
    }

    private int[] starts() {
        int[] places = new int[history.values().size() + 1];
        for (int op = 0; op < operations.length; op++) {
            places[history.key(op) + 1]++;
        }
        for (int key = 1; key < places.length; key++) {
            places[key] += places[key - 1];
        }
        return places;
    }

    private void fill(Purse purse) {
        int[] next = starts.clone();
        for (int op = 0; op < operations.length; op++) {
            purse.step();
            int place = next[history.key(op)]++;
            operations[place] = op;
            calls[place] = history.call(op);
            ends[place] = history.completion(op);
            int access = history.isFail(op) ? NOTHING : accessByFunction[history.functionId(op)];
            switch (access) {
                case READ -> {
                    values[place] = known(history.output(op));
                    accesses[place] = (byte) (history.isOk(op) ? READ : NOTHING);
                }
                case WRITE -> {
                    values[place] = known(history.argument(op));
                    accesses[place] = WRITE;
                }
                case OTHER -> lookCloser(place, op);
                default -> accesses[place] = NOTHING;
            }
        }
    }

    private void lookCloser(int place, int op) {
        switch (model.access(history.operation(op))) {
            case Access.Read(Value value) -> {
                accesses[place] = READ;
                values[place] = history.values().idOf(value);
            }
            case Access.Write(Value value) -> {
                accesses[place] = WRITE;
                values[place] = history.values().idOf(value);
            }
            case Access.Swap(Value before, Value after) -> {
                accesses[place] = (byte) (before.equals(after) ? OTHER : SWAP);
                values[place] = history.values().idOf(after);
                if (expected.length == 0) {
                    expected = new int[operations.length];
                }
                expected[place] = history.values().idOf(before);
            }
            case Access.Silent() -> accesses[place] = NOTHING;
            case Access.Append _ -> {
                if (appends.length == 0) {
                    appends = new boolean[operations.length];
                    expected = expected.length == 0 ? new int[operations.length] : expected;
                }
                appends[place] = true;
                accesses[place] = OTHER;
            }
            case Access.Miss _, Access.Clear _ -> accesses[place] = OTHER;
        }
    }

    private int known(int value) {
        return value == Values.NIL && nilIsInitial ? initial : value;
    }

    /** How many keys there may be: numbers of values below this. */
    int keyCount() {
        return starts.length - 1;
    }

    /** The first place of this key; the next key's first is the end. */
    int start(int key) {
        return starts[key];
    }

    /** How many numbers values may have; texts that appends made have some of their own. */
    int valueCount() {
        int texts = appends.length == 0 ? 0 : 2 * appends.length;
        return history.values().size() + texts;
    }

    // ---- appends, whose meaning depends on what others read

    /** Whether there is any append to a key. */
    boolean hasAppends(int from, int to) {
        for (int place = from; appends.length > 0 && place < to; place++) {
            if (appends[place]) {
                return true;
            }
        }
        return false;
    }

    boolean isAppend(int place) {
        return appends.length > 0 && appends[place];
    }

    void becomeWrite(int place, int value) {
        accesses[place] = WRITE;
        values[place] = value;
    }

    void becomeSwap(int place, int before, int after) {
        accesses[place] = SWAP;
        values[place] = after;
        expected[place] = before;
    }

    void becomeRead(int place, int value) {
        values[place] = value;
    }

    int initial() {
        return initial;
    }

    int call(int place) {
        return calls[place];
    }

    int completion(int place) {
        return ends[place];
    }

    /** What the operation does; refused ones and unanswered reads do nothing. */
    int access(int place) {
        return accesses[place];
    }

    int written(int place) {
        return values[place];
    }

    /** What a read saw, or a swap expected. */
    int seen(int place) {
        return accesses[place] == SWAP ? expected[place] : values[place];
    }

    /** The operation's number in the history. */
    int operation(int place) {
        return operations[place];
    }

    /** Numbers in the history for places. */
    int[] operations(int... places) {
        return IntStream.of(places).map(place -> place < 0 ? place : operations[place]).toArray();
    }
}
