package dev.whitewater.checker.value;

import java.util.List;

/**
 * What operations carry: the plain data of EDN and JSON, compared by content. Vectors and lists are
 * the same here, as they are equal in Clojure.
 */
public sealed interface Value {
    /** The only nil. Nobody else makes one, so loading both types can't wait for each other. */
    @SuppressWarnings("ClassInitializationDeadlock")
    Value NIL = new Nil();

    /** Nothing: Clojure's nil, JSON's null. */
    record Nil() implements Value {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** An integer of 64 bits. */
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A number with a fraction. */
    record Real(double value) implements Value {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /** A keyword, without its colon. */
    record Keyword(String name) implements Value {
        @Override
        public String toString() {
            return ':' + name;
        }
    }

    /** A symbol, a character or a number too big for 64 bits, as written. */
    record Symbol(String name) implements Value {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A vector or a list. */
    record Sequence(List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return joined("[", items, "]");
        }
    }

    /** A set, in the order it was written in. */
    record Group(List<Value> items) implements Value {
        public Group {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return joined("#{", items, "}");
        }
    }

    /** A map, in the order it was written in. */
    record Mapping(List<Entry> entries) implements Value {
        public Mapping {
            entries = entries instanceof Fields ? entries : List.copyOf(entries);
        }

        /**
         * A map of names and their values in the same order. Both arrays are given up to it; names
         * may be shared by maps of one shape.
         */
        public static Mapping of(Value[] names, Value[] values) {
            return new Mapping(new Fields(names, values));
        }

        public int size() {
            return entries.size();
        }

        /** The same map with another value at a place. */
        public Mapping with(int place, Value other) {
            Value[] values = new Value[size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i == place ? other : value(i);
            }
            if (entries instanceof Fields fields) {
                return new Mapping(fields.with(values));
            }
            Value[] names = new Value[values.length];
            for (int i = 0; i < names.length; i++) {
                names[i] = name(i);
            }
            return of(names, values);
        }

        /** The key at a place. */
        public Value name(int place) {
            return entries instanceof Fields fields ? fields.name(place) : entries.get(place).key();
        }

        /** The value at a place. */
        public Value value(int place) {
            return entries instanceof Fields fields
                    ? fields.value(place)
                    : entries.get(place).value();
        }

        /** The value under this key, or nil. */
        public Value get(Value key) {
            for (int i = 0; i < size(); i++) {
                if (name(i).equals(key)) {
                    return value(i);
                }
            }
            return NIL;
        }

        /** The value under this name, be it a keyword (EDN) or a string (JSON), or nil. */
        public Value named(String name) {
            // By index: this is asked millions of times, and iterators showed in profiles.
            for (int i = 0; i < size(); i++) {
                if (name(i).isNamed(name)) {
                    return value(i);
                }
            }
            return NIL;
        }

        @Override
        public String toString() {
            return joined("{", entries, "}");
        }
    }

    /** One key and its value. */
    record Entry(Value key, Value value) {
        static int hash(Value key, Value value) {
            return 31 * key.hashCode() + value.hashCode();
        }

        @Override
        public int hashCode() {
            return hash(key, value);
        }

        @Override
        public String toString() {
            return key + " " + value;
        }
    }

    /** A value under a tag, as records and instants are written in EDN. */
    record Tagged(String tag, Value value) implements Value {
        @Override
        public String toString() {
            return "#" + tag + " " + value;
        }
    }

    static Value of(long value) {
        return new Int(value);
    }

    static Value text(String value) {
        return new Text(value);
    }

    static Value keyword(String name) {
        return new Keyword(name);
    }

    static Value sequence(Value... items) {
        return new Sequence(List.of(items));
    }

    default boolean isNil() {
        return this instanceof Nil;
    }

    /** Whether this is the keyword, symbol or string of that name. */
    default boolean isNamed(String name) {
        return switch (this) {
            case Keyword k -> k.name().equals(name);
            case Text t -> t.value().equals(name);
            case Symbol s -> s.name().equals(name);
            case Nil _, Bool _, Int _, Real _, Sequence _, Group _, Mapping _, Tagged _ -> false;
        };
    }

    /** The items of a sequence or a set; of anything else, none. */
    default List<Value> elements() {
        return switch (this) {
            case Sequence s -> s.items();
            case Group g -> g.items();
            case Nil _, Bool _, Int _, Real _, Text _, Keyword _, Symbol _, Mapping _, Tagged _ ->
                    List.of();
        };
    }

    private static String joined(String open, List<?> items, String close) {
        StringBuilder text = new StringBuilder(open);
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : " ").append(items.get(i));
        }
        return text.append(close).toString();
    }
}
