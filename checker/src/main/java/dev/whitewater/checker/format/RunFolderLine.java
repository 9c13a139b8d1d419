package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.Arrays;
import java.util.List;

/**
 * One line of a run folder's history: the fields that every line may have in their places, and the
 * others as they were written. Filled again for every line.
 */
final class RunFolderLine {
    static final int CLIENT = 0;
    static final int INVOKE = 1;
    static final int RETURN = 2;
    static final int KIND = 3;
    static final int KEY = 4;
    static final int OUTCOME = 5;
    static final int RESULT = 6;
    static final int REVISION = 7;
    static final int INVOKE_EVENT = 8;
    static final int RETURN_EVENT = 9;
    static final int ERROR = 10;
    static final int OP = 11;
    static final int MEMBER = 12;
    static final int TRANSACTION = 13;

    /** From here on fields say what was asked for. */
    static final int VALUE = 14;

    static final int EXPECTED = 15;
    static final int SERIALIZABLE = 16;
    static final int LEASE = 17;
    static final int AS = 18;

    /** The names of the fields, by their places. */
    static final List<String> NAMES =
            List.of(
                    "client",
                    "invoke",
                    "return",
                    "kind",
                    "key",
                    "outcome",
                    "result",
                    "revision",
                    "invokeEvent",
                    "returnEvent",
                    "error",
                    "op",
                    "member",
                    "transaction",
                    "value",
                    "expected",
                    "serializable",
                    "lease",
                    "as");

    private final Value[] fields = new Value[NAMES.size()];
    private Value[] names = new Value[16];
    private Value[] values = new Value[16];
    private int asked;
    private int number;

    /** Which fields the line has shown, as bits. */
    private int present;

    /** The id of the key, or nil's if it is no text. */
    int keyId;

    private static final Value[] NAME_VALUES =
            NAMES.stream().map(Value::text).toArray(Value[]::new);

    /** Whether a field is of no meaning to checkers. */
    static boolean isIgnored(int place) {
        return place == OP || place == MEMBER || place == TRANSACTION;
    }

    void begin(int lineNumber) {
        Arrays.fill(fields, Value.NIL);
        number = lineNumber;
        asked = 0;
        present = 0;
        keyId = Values.NIL;
    }

    void set(int place, Value value) {
        if ((present & 1 << place) != 0) {
            throw error("every field once", '"' + NAMES.get(place) + "\" again");
        }
        present |= 1 << place;
        fields[place] = value;
        if (place >= VALUE) {
            ask(NAME_VALUES[place], value);
        }
    }

    /** One more thing that was asked for. */
    void ask(Value name, Value value) {
        if (asked == names.length) {
            names = Arrays.copyOf(names, asked * 2);
            values = Arrays.copyOf(values, asked * 2);
        }
        names[asked] = name;
        values[asked++] = value;
    }

    /** All that was asked for. */
    Value.Mapping asked() {
        boolean same = shape.length == asked;
        for (int i = 0; same && i < asked; i++) {
            same = shape[i].equals(names[i]);
        }
        if (!same) {
            shape = Arrays.copyOf(names, asked);
        }
        return Value.Mapping.of(shape, Arrays.copyOf(values, asked));
    }

    /** The names of the line before, which the next one often has too. */
    private Value[] shape = {};

    Value get(int place) {
        return fields[place];
    }

    long number(int place) {
        if (fields[place] instanceof Value.Int(long told)) {
            return told;
        }
        throw error('"' + NAMES.get(place) + "\" with a whole number", fields[place].toString());
    }

    String word(int place) {
        if (fields[place] instanceof Value.Text(String text)) {
            return text;
        }
        throw error('"' + NAMES.get(place) + "\" with a text", fields[place].toString());
    }

    /** The id of the key, which must be there. */
    int wordId(Values table) {
        return table.idOf(Value.text(word(KEY)));
    }

    HistoryFormatException error(String what, String got) {
        return new HistoryFormatException(number, 1, what, got);
    }
}
