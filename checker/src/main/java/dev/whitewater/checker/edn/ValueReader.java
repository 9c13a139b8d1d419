package dev.whitewater.checker.edn;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds whole values from tokens. Small values that come again (short texts, keywords, small
 * integers) are the same object again, so a big history doesn't hold a million equal strings.
 */
public final class ValueReader {
    private static final int SMALL = 1024;

    private final Tokens tokens;
    private final Value[] integers = new Value[SMALL];
    private final List<Value> strings = new ArrayList<>();
    private final List<Value> keywords = new ArrayList<>();

    /** The latest names of maps that were seen, by their hash. */
    private final Value[][] shapes = new Value[SMALL][];

    /** Parts of what is being read, the innermost on top. */
    private Value[] stack = new Value[64];

    private int height;

    public ValueReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Every value of an EDN text, one after the other. */
    public static List<Value> all(ByteSource edn) {
        EdnScanner scanner = new EdnScanner(edn);
        ValueReader reader = new ValueReader(scanner);
        List<Value> values = new ArrayList<>();
        while (scanner.next() != Token.END) {
            values.add(reader.current());
        }
        return values;
    }

    /** Moves to the next token and reads the value that starts there. */
    public Value read() {
        tokens.next();
        return current();
    }

    /** The value whose first token is the current one; leaves its last token current. */
    public Value current() {
        return switch (tokens.token()) {
            case NIL -> Value.NIL;
            case TRUE -> new Value.Bool(true);
            case FALSE -> new Value.Bool(false);
            case LONG -> integer(tokens.longValue());
            case DOUBLE -> new Value.Real(tokens.doubleValue());
            case STRING -> shared(strings, Token.STRING);
            case KEYWORD -> shared(keywords, Token.KEYWORD);
            case SYMBOL, CHARACTER -> new Value.Symbol(tokens.text());
            case TAG -> new Value.Tagged(tokens.text(), read());
            case OPEN_VECTOR, OPEN_LIST -> new Value.Sequence(items());
            case OPEN_SET -> new Value.Group(items());
            case OPEN_MAP -> mapping();
            case CLOSE, END -> throw tokens.expected("a value");
        };
    }

    private Value integer(long number) {
        if (number < 0 || number >= SMALL) {
            return new Value.Int(number);
        }
        Value known = integers[(int) number];
        if (known == null) {
            known = new Value.Int(number);
            integers[(int) number] = known;
        }
        return known;
    }

    private Value shared(List<Value> known, Token kind) {
        int id = tokens.symbol();
        while (known.size() <= id) {
            known.add(Value.NIL);
        }
        Value value = known.get(id);
        if (value.isNil()) {
            String text = tokens.text();
            value = kind == Token.STRING ? new Value.Text(text) : new Value.Keyword(text);
            known.set(id, value);
        }
        return value;
    }

    private List<Value> items() {
        int start = height;
        while (tokens.next() != Token.CLOSE) {
            push(current());
        }
        int count = height - start;
        height = start;
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(stack[start]);
            case 2 -> List.of(stack[start], stack[start + 1]);
            default -> List.of(Arrays.copyOfRange(stack, start, start + count));
        };
    }

    /** Names and values by turns on the stack, then apart. */
    private Value mapping() {
        int start = height;
        while (tokens.next() != Token.CLOSE) {
            push(current());
            push(read());
        }
        int count = (height - start) / 2;
        height = start;
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = stack[start + 2 * i + 1];
        }
        return Value.Mapping.of(names(start, count), values);
    }

    /** The names on the stack; the same array for maps of the same shape. */
    private Value[] names(int start, int count) {
        int hash = count;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + stack[start + 2 * i].hashCode();
        }
        int slot = (hash ^ hash >>> 16) & (SMALL - 1);
        Value[] known = shapes[slot];
        boolean same = known != null && known.length == count;
        for (int i = 0; same && i < count; i++) {
            same = known[i].equals(stack[start + 2 * i]);
        }
        if (!same) {
            Set<Value> distinct = new LinkedHashSet<>();
            known = new Value[count];
            for (int i = 0; i < count; i++) {
                known[i] = lasting(stack[start + 2 * i]);
                if (!distinct.add(known[i])) {
                    throw tokens.broken("every key of a map once", known[i] + " again");
                }
            }
            shapes[slot] = known;
        }
        return known;
    }

    /** A name by the very string that code asks for it with, which then is found at a glance. */
    private static Value lasting(Value name) {
        return name instanceof Value.Text(String text) ? new Value.Text(text.intern()) : name;
    }

    private void push(Value value) {
        if (height == stack.length) {
            stack = Arrays.copyOf(stack, height * 2);
        }
        stack[height++] = value;
    }
}
