package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.io.Item.Entry;
import dev.whitewater.scenarios.io.Item.Scalar;
import dev.whitewater.scenarios.io.Item.Sequence;
import dev.whitewater.scenarios.io.Item.Table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of single fields, as {@code network.loss=1/50} or {@code faults.f1.at=5s}. They are put
 * into the file's tree before it is understood, so that they are checked like the file itself.
 */
final class Overrides {

    private Overrides() {}

    static Item apply(Item root, List<String> overrides) {
        Item changed = root;
        for (String override : overrides) {
            int equals = override.indexOf('=');
            String source = "--set " + override;
            if (equals < 1 || equals == override.length() - 1) {
                throw InputRefused.expected(
                        new Place(source, 1, 1), "", "a field and a value, as key=value", override);
            }
            byte[] text = override.substring(equals + 1).getBytes(StandardCharsets.UTF_8);
            Item value = LocatedReader.yaml(source, text, "a value");
            List<String> path = List.of(override.substring(0, equals).split("\\.", -1));
            changed = with(changed, path, value);
        }
        return changed;
    }

    private static Item with(Item item, List<String> path, Item value) {
        if (path.isEmpty()) {
            return value;
        }
        String name = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        return switch (item) {
            case Table table -> new Table(table.place(), withEntry(table, name, rest, value));
            case Sequence sequence ->
                    new Sequence(sequence.place(), withItem(sequence, name, rest, value));
            case Scalar scalar ->
                    throw InputRefused.expected(
                            value.place(), name, "a field inside a table", scalar.describe());
        };
    }

    private static List<Entry> withEntry(Table table, String name, List<String> rest, Item value) {
        List<Entry> entries = new ArrayList<>();
        boolean found = false;
        for (Entry entry : table.entries()) {
            boolean its = entry.name().equals(name);
            found |= its;
            entries.add(
                    its ? new Entry(value.place(), name, with(entry.value(), rest, value)) : entry);
        }
        if (!found) {
            Item inner = rest.isEmpty() ? value : new Table(value.place(), List.of());
            entries.add(new Entry(value.place(), name, with(inner, rest, value)));
        }
        return entries;
    }

    /** Items of lists are named by their id. */
    private static List<Item> withItem(
            Sequence sequence, String id, List<String> rest, Item value) {
        List<Item> items = new ArrayList<>();
        boolean found = false;
        for (Item item : sequence.items()) {
            boolean its = item instanceof Table table && hasId(table, id);
            found |= its;
            items.add(its ? with(item, rest, value) : item);
        }
        if (!found) {
            throw InputRefused.expected(
                    value.place(), "", "the id of an item in the list", "\"" + id + "\"");
        }
        return items;
    }

    private static boolean hasId(Table table, String id) {
        return table.entries().stream()
                .anyMatch(
                        entry ->
                                entry.name().equals("id")
                                        && entry.value() instanceof Scalar scalar
                                        && scalar.text().equals(id));
    }
}
