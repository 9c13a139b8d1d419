package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.Packer;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.Arrays;
import java.util.List;

/**
 * One line of a run folder's history: the fields that every line may have in their places, and the
 * others as they were written. Filled again for every line; values are packed as they are read, for
 * most of them are kept and never looked at here.
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

    private static final int UNTOLD = -1;

    private final Values table;
    private final Packer packer;
    private final int[] nameIds = new int[NAMES.size()];

    /** Where the fields' values begin, or {@link #UNTOLD}, and where they end. */
    private final int[] places = new int[NAMES.size()];

    private final int[] placeEnds = new int[NAMES.size()];

    /** The names of what was asked for, and where their values begin and end. */
    private int[] names = new int[16];

    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int asked;
    private int number;

    RunFolderLine(Values table) {
        this.table = table;
        this.packer = table.packer();
        for (int place = 0; place < nameIds.length; place++) {
            nameIds[place] = table.idOf(Value.text(NAMES.get(place)));
        }
    }

    /** Whether a field is of no meaning to checkers. */
    static boolean isIgnored(int place) {
        return place == OP || place == MEMBER || place == TRANSACTION;
    }

    void begin(int lineNumber) {
        Arrays.fill(places, UNTOLD);
        packer.clear();
        number = lineNumber;
        asked = 0;
    }

    /** What the line's values are to be written with. */
    Packer packer() {
        return packer;
    }

    /** The value of a field was written from here on. */
    void set(int place, int start) {
        if (places[place] != UNTOLD) {
            throw error("every field once", '"' + NAMES.get(place) + "\" again");
        }
        places[place] = start;
        placeEnds[place] = packer.position();
        if (place >= VALUE) {
            ask(nameIds[place], start);
        }
    }

    /** One more thing that was asked for; its value was written from here on. */
    void ask(int name, int start) {
        if (asked == names.length) {
            names = Arrays.copyOf(names, asked * 2);
            starts = Arrays.copyOf(starts, asked * 2);
            ends = Arrays.copyOf(ends, asked * 2);
        }
        names[asked] = name;
        starts[asked] = start;
        ends[asked++] = packer.position();
    }

    /** All that was asked for, as a value of its own. */
    int asked() {
        int start = packer.position();
        int mark = packer.openMap();
        for (int i = 0; i < asked; i++) {
            packer.name(names[i]);
            packer.copy(starts[i], ends[i]);
        }
        int twice = packer.closeMap(mark);
        if (twice != Packer.NONE) {
            throw error("every field once", table.value(twice) + " again");
        }
        return table.add(packer, start);
    }

    Value get(int place) {
        return isNil(place) ? Value.NIL : packer.valueAt(places[place]);
    }

    /** The id of a field's value; equal values have equal ones. */
    int idOf(int place) {
        int known = places[place] == UNTOLD ? Values.NIL : packer.knownAt(places[place]);
        return known == Packer.NONE ? table.idOf(get(place)) : known;
    }

    boolean isNil(int place) {
        return places[place] == UNTOLD || packer.isNilAt(places[place]);
    }

    boolean isMap(int place) {
        return places[place] != UNTOLD && packer.isMapAt(places[place]);
    }

    boolean isNumber(int place) {
        return places[place] != UNTOLD && packer.isIntegerAt(places[place]);
    }

    long number(int place) {
        if (isNumber(place)) {
            return packer.integerAt(places[place]);
        }
        throw error('"' + NAMES.get(place) + "\" with a whole number", get(place).toString());
    }

    String word(int place) {
        if (get(place) instanceof Value.Text(String text)) {
            return text;
        }
        throw error('"' + NAMES.get(place) + "\" with a text", get(place).toString());
    }

    /** The id of the key, which is nil's if it is no text. */
    int keyId() {
        return get(KEY) instanceof Value.Text ? idOf(KEY) : Values.NIL;
    }

    /** The answer, as a value of its own. */
    int result() {
        if (isNil(RESULT)) {
            return Values.NIL;
        }
        int start = packer.position();
        packer.copy(places[RESULT], placeEnds[RESULT]);
        return table.add(packer, start);
    }

    HistoryFormatException error(String what, String got) {
        return new HistoryFormatException(number, 1, what, got);
    }
}
