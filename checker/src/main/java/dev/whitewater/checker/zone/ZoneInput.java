package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.model.RegisterModel.Access;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import java.util.List;

/** A history of registers as the zones want it: numbers only. */
final class ZoneInput {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int NOTHING = 2;

    /** A compare-and-set that found what it expected. */
    static final int SWAP = 3;

    static final int OTHER = 4;

    private final History history;
    private final RegisterModel model;
    private final int[] accessByFunction;
    private final int initial;
    private final boolean nilIsInitial;

    /** What operations are whose function doesn't tell; empty if there is none of these. */
    private byte[] accesses = {};

    private int[] sees = {};
    private int[] writes = {};

    ZoneInput(History history, RegisterModel model, Purse purse) {
        this.history = history;
        this.model = model;
        List<String> names = history.functionNames();
        accessByFunction = new int[names.size()];
        boolean plain = true;
        for (int i = 0; i < accessByFunction.length; i++) {
            accessByFunction[i] =
                    switch (model.plain(names.get(i))) {
                        case READ -> READ;
                        case WRITE -> WRITE;
                        case OTHER -> OTHER;
                    };
            plain &= accessByFunction[i] != OTHER;
        }
        initial = history.values().idOf(model.initial());
        nilIsInitial = model.nilIsInitial();
        if (!plain) {
            lookCloser(purse);
        }
    }

    private void lookCloser(Purse purse) {
        purse.take(9L * history.size());
        accesses = new byte[history.size()];
        sees = new int[history.size()];
        writes = new int[history.size()];
        for (int op = 0; op < accesses.length; op++) {
            purse.step();
            if (!history.isFail(op) && accessByFunction[history.functionId(op)] == OTHER) {
                lookCloser(op);
            }
        }
    }

    private void lookCloser(int op) {
        switch (model.access(history.operation(op))) {
            case Access.Read(Value value) -> {
                accesses[op] = READ;
                sees[op] = history.values().idOf(value);
            }
            case Access.Write(Value value) -> {
                accesses[op] = WRITE;
                writes[op] = history.values().idOf(value);
            }
            case Access.Swap(Value expected, Value value) -> {
                accesses[op] = (byte) (expected.equals(value) ? OTHER : SWAP);
                sees[op] = history.values().idOf(expected);
                writes[op] = history.values().idOf(value);
            }
            case Access.Silent() -> accesses[op] = NOTHING;
            case Access.Miss _, Access.Clear _, Access.Append _ -> accesses[op] = OTHER;
        }
    }

    int size() {
        return history.size();
    }

    int valueCount() {
        return history.values().size();
    }

    int initial() {
        return initial;
    }

    int call(int op) {
        return history.call(op);
    }

    int completion(int op) {
        return history.completion(op);
    }

    int key(int op) {
        return history.key(op);
    }

    /** What the operation does; refused ones and unanswered reads do nothing. */
    int access(int op) {
        if (history.isFail(op)) {
            return NOTHING;
        }
        int access = accessByFunction[history.functionId(op)];
        if (access == OTHER) {
            access = accesses[op];
        }
        return access == READ && !history.isOk(op) ? NOTHING : access;
    }

    int written(int op) {
        return isPlain(op) ? known(history.argument(op)) : writes[op];
    }

    /** What a read saw, or a swap expected. */
    int seen(int op) {
        return isPlain(op) ? known(history.output(op)) : sees[op];
    }

    private boolean isPlain(int op) {
        return accessByFunction[history.functionId(op)] != OTHER;
    }

    private int known(int value) {
        return value == Values.NIL && nilIsInitial ? initial : value;
    }
}
