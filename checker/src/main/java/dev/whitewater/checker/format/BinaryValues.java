package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Values in the binary form: a tag, then the content. */
final class BinaryValues {
    private static final int NIL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int REAL = 4;
    private static final int TEXT = 5;
    private static final int KEYWORD = 6;
    private static final int SYMBOL = 7;
    private static final int SEQUENCE = 8;
    private static final int GROUP = 9;
    private static final int MAPPING = 10;
    private static final int TAGGED = 11;

    /** What is written by {@link BinaryPacked} comes next. */
    static final int PACKED = 12;

    private BinaryValues() {}

    /** What promises more entries than this is believed only as far as it is read. */
    private static final int WIDE = 64;

    /** As the scanners of texts have it. */
    static final int DEPTH_MAX = 1000;

    static void write(BinaryOutput out, Value value) {
        switch (value) {
            case Value.Nil _ -> out.number(NIL);
            case Value.Bool(boolean truth) -> out.number(truth ? TRUE : FALSE);
            case Value.Int(long number) -> {
                out.number(INT);
                out.signed(number);
            }
            case Value.Real(double number) -> {
                out.number(REAL);
                out.signed(Double.doubleToLongBits(number));
            }
            case Value.Text(String text) -> text(out, TEXT, text);
            case Value.Keyword(String name) -> text(out, KEYWORD, name);
            case Value.Symbol(String name) -> text(out, SYMBOL, name);
            case Value.Sequence(List<Value> items) -> items(out, SEQUENCE, items);
            case Value.Group(List<Value> items) -> items(out, GROUP, items);
            case Value.Mapping(List<Value.Entry> entries) -> {
                out.number(MAPPING);
                out.number(entries.size());
                for (Value.Entry entry : entries) {
                    write(out, entry.key());
                    write(out, entry.value());
                }
            }
            case Value.Tagged(String tag, Value inner) -> {
                text(out, TAGGED, tag);
                write(out, inner);
            }
        }
    }

    private static void text(BinaryOutput out, int tag, String text) {
        out.number(tag);
        out.text(text);
    }

    private static void items(BinaryOutput out, int tag, List<Value> items) {
        out.number(tag);
        out.number(items.size());
        items.forEach(item -> write(out, item));
    }

    /** The content of a value of this tag. */
    static Value read(BinaryInput in, int tag) {
        return read(in, 0, tag);
    }

    private static Value inner(BinaryInput in, int depth) {
        if (depth > DEPTH_MAX) {
            throw tooDeep(in);
        }
        return read(in, depth, (int) in.below(TAGGED + 1L, "a value's tag from 0 to 11"));
    }

    static HistoryFormatException tooDeep(BinaryInput in) {
        return in.broken("at most " + DEPTH_MAX + " values within each other", "one more");
    }

    private static Value read(BinaryInput in, int depth, int tag) {
        return switch (tag) {
            case NIL -> Value.NIL;
            case FALSE -> in.shared(new Value.Bool(false));
            case TRUE -> in.shared(new Value.Bool(true));
            case INT -> in.shared(new Value.Int(in.signed()));
            case REAL -> new Value.Real(Double.longBitsToDouble(in.signed()));
            case TEXT -> in.shared(new Value.Text(in.text()));
            case KEYWORD -> in.shared(new Value.Keyword(in.text()));
            case SYMBOL -> in.shared(new Value.Symbol(in.text()));
            case SEQUENCE -> new Value.Sequence(items(in, depth));
            case GROUP -> new Value.Group(items(in, depth));
            case MAPPING -> mapping(in, depth);
            default -> {
                String name = in.text();
                yield new Value.Tagged(name, inner(in, depth + 1));
            }
        };
    }

    private static Value mapping(BinaryInput in, int depth) {
        int size = in.count("a number of entries");
        if (size > WIDE) {
            List<Value.Entry> entries = new ArrayList<>();
            Set<Value> distinct = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                Value key = inner(in, depth + 1);
                if (!distinct.add(key)) {
                    throw twice(in, key);
                }
                entries.add(new Value.Entry(key, inner(in, depth + 1)));
            }
            return new Value.Mapping(entries);
        }
        Value[] names = new Value[size];
        Value[] values = new Value[size];
        for (int i = 0; i < size; i++) {
            names[i] = inner(in, depth + 1);
            values[i] = inner(in, depth + 1);
            for (int before = 0; before < i; before++) {
                if (names[before].equals(names[i])) {
                    throw twice(in, names[i]);
                }
            }
        }
        return Value.Mapping.of(in.shared(names), values);
    }

    private static HistoryFormatException twice(BinaryInput in, Value key) {
        return in.broken("every key of a map once", key + " again");
    }

    private static List<Value> items(BinaryInput in, int depth) {
        int size = in.count("a number of items");
        List<Value> items = new ArrayList<>(Math.min(size, 16));
        for (int i = 0; i < size; i++) {
            items.add(inner(in, depth + 1));
        }
        return items;
    }
}
