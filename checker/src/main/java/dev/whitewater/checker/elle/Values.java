package dev.whitewater.checker.elle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and elements as ints. Small non-negative integers, which is nearly all there is in practice,
 * stand for themselves; anything else gets the next id above them.
 */
public final class Values {
    /** No value: the initial state of a register. */
    public static final int NIL = -1;

    private static final int DIRECT = 1 << 30;

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** The id of an integer. */
    public int of(long number) {
        return number >= 0 && number < DIRECT ? (int) number : of(Long.toString(number));
    }

    /** The id of anything else, by the text under which reports shall show it. */
    public int of(String text) {
        Integer known = ids.get(text);
        if (known != null) {
            return known;
        }
        int id = DIRECT + texts.size();
        ids.put(text, id);
        texts.add(text);
        return id;
    }

    /** The value as reports show it. */
    public String text(int id) {
        if (id == NIL) {
            return "nil";
        }
        return id < DIRECT ? Integer.toString(id) : texts.get(id - DIRECT);
    }
}
