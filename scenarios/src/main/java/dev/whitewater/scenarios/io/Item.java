package dev.whitewater.scenarios.io;

import java.util.List;

/**
 * What a YAML or JSON file says, with the place of every part, so that whoever finds a value wrong
 * can say where it stands.
 */
sealed interface Item {

    Place place();

    /** What this is, in the words of a message: "a list", "the text \"calm\"". */
    String describe();

    /** Named values in the order of the file; the reader has refused names that occur twice. */
    record Table(Place place, List<Entry> entries) implements Item {
        @Override
        public String describe() {
            return "a table of fields";
        }
    }

    record Entry(Place place, String name, Item value) {}

    record Sequence(Place place, List<Item> items) implements Item {
        @Override
        public String describe() {
            return "a list";
        }
    }

    record Scalar(Place place, Kind kind, String text) implements Item {
        @Override
        public String describe() {
            return switch (kind) {
                case TEXT -> "\"" + Wording.shorten(text) + "\"";
                case WHOLE, DECIMAL, TRUTH -> Wording.shorten(text);
                case NOTHING -> "nothing";
            };
        }
    }

    /** What a scalar looks like in its file. */
    enum Kind {
        TEXT,
        WHOLE,
        DECIMAL,
        TRUTH,
        NOTHING
    }
}
