package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.model.RegisterModel;

import java.util.List;

/** A history of registers as the zones want it: numbers only. */
final class ZoneInput {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int NOTHING = 2;
    static final int OTHER = 3;

    private final History history;
    private final int[] accessByFunction;
    private final int initial;
    private final boolean nilIsInitial;

    ZoneInput(History history, RegisterModel model) {
        this.history = history;
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
        return access == READ && !history.isOk(op) ? NOTHING : access;
    }

    int written(int op) {
        return known(history.argument(op));
    }

    int seen(int op) {
        return known(history.output(op));
    }

    private int known(int value) {
        return value == Values.NIL && nilIsInitial ? initial : value;
    }
}
