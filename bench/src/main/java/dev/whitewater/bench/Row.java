package dev.whitewater.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a benchmark's table. Values are texts, whole numbers, fractions or truths. */
public final class Row {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Row put(String key, String value) {
        return put(key, (Object) value);
    }

    public Row put(String key, long value) {
        return put(key, (Object) value);
    }

    public Row put(String key, double value) {
        return put(key, (Object) value);
    }

    public Row put(String key, boolean value) {
        return put(key, (Object) value);
    }

    private Row put(String key, Object value) {
        if (values.put(key, value) != null) {
            throw new IllegalArgumentException(
                    "a row has each key once, \"" + key + "\" came twice");
        }
        return this;
    }

    /** In the order in which they were put. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
