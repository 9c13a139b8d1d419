package dev.whitewater.checker.edn;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

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
        List<Value> items = new ArrayList<>();
        while (tokens.next() != Token.CLOSE) {
            items.add(current());
        }
        return items;
    }

    private Value mapping() {
        List<Value.Entry> entries = new ArrayList<>();
        while (tokens.next() != Token.CLOSE) {
            Value key = current();
            entries.add(new Value.Entry(key, read()));
        }
        return new Value.Mapping(entries);
    }
}
