package dev.whitewater.sim.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a client asked for, or was told, beyond a key and a value: plain data in the shapes of
 * docs/formats/etcd-history.md.
 */
public sealed interface Detail {

    /** A text; empty where there is none. */
    record Text(String text) implements Detail {}

    /** A whole number. */
    record Whole(long number) implements Detail {}

    /** True or false. */
    record Truth(boolean truth) implements Detail {}

    /** There is no such thing. */
    record Absent() implements Detail {}

    /** Several, in order. */
    record Items(List<Detail> items) implements Detail {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Several by name, in the order in which they are written. */
    record Fields(List<Field> fields) implements Detail {

        /** Nothing at all. */
        public static final Fields NONE = new Fields(List.of());

        public Fields {
            fields = List.copyOf(fields);
        }

        /** And some more. */
        public Fields with(List<Field> more) {
            return more.isEmpty()
                    ? this
                    : new Fields(Stream.concat(fields.stream(), more.stream()).toList());
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }
    }

    /** A detail and its name. */
    record Field(String name, Detail value) {}
}
