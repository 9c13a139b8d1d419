package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.io.Item.Entry;
import dev.whitewater.scenarios.io.Item.Kind;
import dev.whitewater.scenarios.io.Item.Scalar;
import dev.whitewater.scenarios.io.Item.Sequence;
import dev.whitewater.scenarios.io.Item.Table;
import dev.whitewater.sim.plan.Ratio;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A table whose fields are known by name. Every question names the field, so that every refusal can
 * say where it stands, what was expected and what was found.
 *
 * <p>In an exact file, as the plan of a run folder is, no field may be left out.
 */
final class Fields {
    private static final String DAY = "86400s";
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final Table table;
    private final String path;
    private final boolean exact;

    private Fields(Table table, String path, boolean exact) {
        this.table = table;
        this.path = path;
        this.exact = exact;
    }

    /** The fields of {@code item}, after every name was found in {@code known}. */
    static Fields of(Item item, String path, boolean exact, List<String> known) {
        if (!(item instanceof Table table)) {
            throw InputRefused.expected(
                    item.place(), path, "fields (" + Wording.anyOf(known) + ")", item.describe());
        }
        for (Entry entry : table.entries()) {
            if (!known.contains(entry.name())) {
                throw unknown(entry, path, known);
            }
        }
        return new Fields(table, path, exact);
    }

    private static InputRefused unknown(Entry entry, String path, List<String> known) {
        return InputRefused.expected(
                entry.place(),
                path,
                "one of the fields " + Wording.anyOf(known),
                "\""
                        + Wording.shorten(entry.name())
                        + "\""
                        + Wording.didYouMean(entry.name(), known));
    }

    Place place() {
        return table.place();
    }

    boolean has(String name) {
        return table.entries().stream().anyMatch(e -> e.name().equals(name));
    }

    /** The value of a field that must be there. */
    Item item(String name) {
        for (Entry entry : table.entries()) {
            if (entry.name().equals(name)) {
                return entry.value();
            }
        }
        throw InputRefused.expected(
                table.place(), path, "the field \"" + name + "\"", "a table without it");
    }

    /** The value of a field that may be left out unless the file is exact. */
    private <T> T orElse(String name, T fallback, BiFunction<Item, String, T> reader) {
        return has(name) || exact ? reader.apply(item(name), at(name)) : fallback;
    }

    /** A section of fields; left out, it is {@code fallback}. */
    <T> T section(String name, T fallback, List<String> known, Function<Fields, T> reader) {
        return orElse(name, fallback, (item, at) -> reader.apply(of(item, at, exact, known)));
    }

    /** A section that must be there. */
    Fields section(String name, List<String> known) {
        return of(item(name), at(name), exact, known);
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    String text(String name) {
        return text(item(name), at(name));
    }

    static String text(Item item, String at) {
        if (item instanceof Scalar scalar
                && scalar.kind() != Kind.NOTHING
                && !scalar.text().isBlank()) {
            return scalar.text().strip();
        }
        throw InputRefused.expected(item.place(), at, "a text", item.describe());
    }

    long whole(String name, long min, long max) {
        return whole(item(name), at(name), min, max);
    }

    int whole(String name, int fallback, int min, int max) {
        return orElse(name, fallback, (item, at) -> (int) whole(item, at, min, max));
    }

    static long whole(Item item, String at, long min, long max) {
        String expected = "a whole number from " + min + " to " + max;
        if (item instanceof Scalar scalar && scalar.kind() == Kind.WHOLE) {
            try {
                long number = Long.parseLong(scalar.text());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw InputRefused.expected(item.place(), at, expected, item.describe());
            }
        }
        throw InputRefused.expected(item.place(), at, expected, item.describe());
    }

    boolean truth(String name, boolean fallback) {
        return orElse(name, fallback, Fields::truth);
    }

    private static boolean truth(Item item, String at) {
        if (item instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
            return scalar.text().equals("true");
        }
        throw InputRefused.expected(item.place(), at, "true or false", item.describe());
    }

    long nanos(String name, long min) {
        return nanos(item(name), at(name), min);
    }

    long nanos(String name, long fallback, long min) {
        return orElse(name, fallback, (item, at) -> nanos(item, at, min));
    }

    static long nanos(Item item, String at, long min) {
        long nanos =
                item instanceof Scalar scalar
                        ? Durations.parse(scalar.text())
                        : Durations.NOT_A_DURATION;
        if (nanos == Durations.NOT_A_DURATION) {
            throw InputRefused.expected(item.place(), at, Durations.EXPECTED, item.describe());
        }
        if (nanos < min || nanos > DAY_NANOS) {
            String expected = "a duration from " + Durations.write(min) + " to " + DAY;
            throw InputRefused.expected(item.place(), at, expected, item.describe());
        }
        return nanos;
    }

    Ratio ratio(String name, Ratio fallback) {
        return orElse(name, fallback, Fields::ratio);
    }

    static Ratio ratio(Item item, String at) {
        if (item instanceof Scalar scalar) {
            String[] parts = scalar.text().split("/", -1);
            if (parts.length == 2 && isNumber(parts[0]) && isNumber(parts[1])) {
                long above = Long.parseLong(parts[0]);
                long below = Long.parseLong(parts[1]);
                if (below >= 1 && below <= Integer.MAX_VALUE && above <= below) {
                    return new Ratio((int) above, (int) below);
                }
            }
        }
        throw InputRefused.expected(
                item.place(), at, "a ratio from 0/1 to 1/1, such as 1/50", item.describe());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= 10
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A text that must be one of these. */
    String oneOf(String name, List<String> known) {
        Item item = item(name);
        if (item instanceof Scalar scalar && known.contains(scalar.text())) {
            return scalar.text();
        }
        throw InputRefused.expected(item.place(), at(name), Wording.anyOf(known), item.describe());
    }

    /** Whether a field is left out or says nothing. */
    boolean isNothing(String name) {
        return !has(name) || (item(name) instanceof Scalar scalar && scalar.kind() == Kind.NOTHING);
    }

    /** A text, number or truth as it is written; empty if left out or null. */
    String scalarOrEmpty(String name) {
        if (isNothing(name)) {
            return "";
        }
        if (item(name) instanceof Scalar scalar) {
            return scalar.text();
        }
        throw InputRefused.expected(
                item(name).place(), at(name), "a text or number", item(name).describe());
    }

    List<Item> list(String name) {
        return list(item(name), at(name));
    }

    /** A list that may be left out, and is empty then. */
    List<Item> listOrNone(String name) {
        return orElse(name, List.of(), Fields::list);
    }

    static List<Item> list(Item item, String at) {
        if (item instanceof Sequence sequence) {
            return sequence.items();
        }
        throw InputRefused.expected(item.place(), at, "a list", item.describe());
    }

    /** Makes a record that checks itself: what it refuses is told with the place of this table. */
    <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            String prefix = path.isEmpty() ? "" : path + ": ";
            throw new InputRefused(table.place(), prefix + e.getMessage());
        }
    }
}
