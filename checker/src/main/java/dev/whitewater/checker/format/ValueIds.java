package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/** Values of a file by their ids in a history's table, without an object for one seen before. */
final class ValueIds {
    private static final int SMALL = 1 << 16;

    private final Tokens tokens;
    private final ValueReader reader;
    private final Values values;

    /** Ids in the history's table by ids of the scanner's, for strings and for keywords. */
    private int[] strings = {};

    private int[] keywords = {};
    private final int[] integers = new int[SMALL];

    ValueIds(Tokens tokens, ValueReader reader, Values values) {
        this.tokens = tokens;
        this.reader = reader;
        this.values = values;
    }

    /** The id of the value whose first token is the current one; leaves its last token current. */
    int current() {
        return switch (tokens.token()) {
            case NIL -> Values.NIL;
            case LONG -> of(tokens.longValue());
            case STRING -> {
                strings = withRoomFor(strings, tokens.symbol());
                yield known(strings, tokens.symbol());
            }
            case KEYWORD -> {
                keywords = withRoomFor(keywords, tokens.symbol());
                yield known(keywords, tokens.symbol());
            }
            default -> values.idOf(reader.current());
        };
    }

    private int known(int[] ids, int symbol) {
        if (ids[symbol] == 0) {
            ids[symbol] = values.idOf(reader.current());
        }
        return ids[symbol];
    }

    /** The id of a number. */
    int of(long number) {
        if (number < 0 || number >= SMALL) {
            return values.idOf(Value.of(number));
        }
        int known = integers[(int) number];
        if (known == 0) {
            known = values.idOf(Value.of(number));
            integers[(int) number] = known;
        }
        return known;
    }

    private static int[] withRoomFor(int[] ids, int symbol) {
        return symbol < ids.length ? ids : Arrays.copyOf(ids, Math.max(64, (symbol + 1) * 2));
    }
}
