package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.io.Item.Entry;
import dev.whitewater.scenarios.io.Item.Kind;
import dev.whitewater.scenarios.io.Item.Scalar;
import dev.whitewater.scenarios.io.Item.Sequence;
import dev.whitewater.scenarios.io.Item.Table;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads YAML and JSON into {@link Item}s, refusing what would be ambiguous: a name that occurs
 * twice in a table, YAML's anchors, aliases and tags, a second document, bytes that are not text.
 *
 * <p>It builds the tree from Jackson's tokens instead of binding to classes, because a bound object
 * no longer knows the line it came from.
 */
final class LocatedReader {
    private static final int DEEPEST = 32;

    private final String file;
    private final JsonParser parser;

    private LocatedReader(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** The one document of a YAML file; {@code what} names it in messages: "a scenario". */
    static Item yaml(String file, byte[] bytes, String what) {
        String text = TextFile.decode(file, bytes, what);
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            LocatedReader reader = new LocatedReader(file, parser);
            Item root = reader.root(what);
            if (reader.next() != null) {
                throw new InputRefused(
                        reader.here(), "expected the end of " + what + ", found a second document");
            }
            return root;
        }
    }

    /** The one value of a JSON file. */
    static Item json(String file, byte[] bytes, String what) {
        String text = TextFile.decode(file, bytes, what);
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            LocatedReader reader = new LocatedReader(file, parser);
            Item root = reader.root(what);
            if (reader.next() != null) {
                throw new InputRefused(
                        reader.here(), "expected the end of " + what + ", found more text");
            }
            return root;
        }
    }

    /** The values of a file with one JSON value on each line; an empty file has none. */
    static void jsonLines(String file, byte[] bytes, String what, Consumer<Item> sink) {
        String text = bytes.length == 0 ? "" : TextFile.decode(file, bytes, what);
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            LocatedReader reader = new LocatedReader(file, parser);
            while (reader.next() != null) {
                sink.accept(reader.item(0));
            }
        }
    }

    private Item root(String what) {
        if (next() == null || parser.currentToken() == JsonToken.VALUE_NULL) {
            throw new InputRefused(
                    new Place(file, 1, 1), "expected " + what + ", found an empty file");
        }
        return item(0);
    }

    private Item item(int depth) {
        Place place = here();
        if (depth > DEEPEST) {
            throw InputRefused.expected(
                    place, "", "at most " + DEEPEST + " levels", "deeper nesting");
        }
        refuseYamlMagic(place);
        return switch (parser.currentToken()) {
            case START_OBJECT -> table(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_NUMBER_INT -> new Scalar(place, Kind.WHOLE, parser.getString());
            case VALUE_NUMBER_FLOAT -> new Scalar(place, Kind.DECIMAL, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, Kind.TRUTH, parser.getString());
            case VALUE_NULL -> new Scalar(place, Kind.NOTHING, "");
            default -> new Scalar(place, Kind.TEXT, parser.getString());
        };
    }

    private Table table(Place place, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            Place namePlace = here();
            refuseYamlMagic(namePlace);
            String name = parser.currentName();
            next();
            Entry earlier = entries.get(name);
            if (earlier != null) {
                throw new InputRefused(
                        namePlace,
                        "expected each field once, found \""
                                + Wording.shorten(name)
                                + "\" again (first on line "
                                + earlier.place().line()
                                + ")");
            }
            entries.put(name, new Entry(namePlace, name, item(depth + 1)));
        }
        return new Table(place, List.copyOf(entries.values()));
    }

    private Sequence sequence(Place place, int depth) {
        List<Item> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            items.add(item(depth + 1));
        }
        return new Sequence(place, List.copyOf(items));
    }

    private void refuseYamlMagic(Place place) {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias() || yaml.getObjectId() != null) {
            throw InputRefused.expected(place, "", "plain YAML", "an anchor or alias");
        }
        if (yaml.getTypeId() != null) {
            throw InputRefused.expected(place, "", "plain YAML", "a tag");
        }
    }

    private JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            throw broken(e);
        } catch (MarkedYamlEngineException e) {
            throw broken(e);
        }
    }

    private InputRefused broken(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            return broken(marked);
        }
        TokenStreamLocation at = e.getLocation();
        Place place = at == null ? here() : place(at);
        return new InputRefused(place, "expected well-formed JSON, found a mistake: " + reason(e));
    }

    private InputRefused broken(MarkedYamlEngineException e) {
        Place place = e.getProblemMark().map(this::place).orElseGet(this::here);
        return new InputRefused(place, "expected well-formed YAML, found a mistake: " + reason(e));
    }

    private static String reason(JacksonException e) {
        return oneLine(e.getOriginalMessage());
    }

    private static String reason(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ", ";
        return context + oneLine(e.getProblem());
    }

    private static String oneLine(String text) {
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private Place place(TokenStreamLocation at) {
        return new Place(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
