package dev.whitewater.checker.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class ValuesTest {
    /** Random values, one within the other, of all types. */
    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 7 : 11)) {
            case 0 -> Value.NIL;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 3 -> new Value.Real(random.nextGaussian());
            case 4 -> Value.text("t" + random.nextInt(300));
            case 5 -> Value.keyword("k" + random.nextInt(5));
            case 6 -> new Value.Symbol("s" + random.nextInt(5));
            case 7 -> new Value.Sequence(items(random, depth));
            case 8 -> new Value.Group(items(random, depth));
            case 9 -> new Value.Tagged("tag" + random.nextInt(2), value(random, depth + 1));
            default -> {
                List<Value.Entry> entries = new ArrayList<>();
                int size = random.nextInt(6);
                for (int i = 0; i < size; i++) {
                    Value name = i % 3 == 2 ? Value.of(i) : Value.text("name" + i);
                    entries.add(new Value.Entry(name, value(random, depth + 1)));
                }
                yield new Value.Mapping(entries);
            }
        };
    }

    private static List<Value> items(Random random, int depth) {
        List<Value> items = new ArrayList<>();
        // Now and then so many that their number takes two bytes, which are inserted before them.
        int size = random.nextInt(30) == 0 ? 200 : random.nextInt(4);
        for (int i = 0; i < size; i++) {
            items.add(size > 4 ? Value.of(i) : value(random, depth + 1));
        }
        return items;
    }

    @Property(tries = 500)
    void whatIsHeldAsBytesIsWhatWasAdded(@ForAll long seed) {
        Random random = new Random(seed);
        Values values = new Values();
        List<Value> added = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Value value = value(random, 0);
            added.add(value);
            ids.add(random.nextBoolean() ? values.add(value) : values.idOf(value));
        }
        for (int i = 0; i < added.size(); i++) {
            assertEquals(added.get(i), values.value(ids.get(i)));
            assertEquals(added.get(i).toString(), values.value(ids.get(i)).toString());
        }
    }

    @Property(tries = 300)
    void whatIsVisitedIsTheWholeValue(@ForAll long seed) {
        Value value = value(new Random(seed), 0);
        Values values = new Values();
        int id = values.add(value);
        Shown shown = new Shown(values);
        values.visit(id, shown);
        assertEquals(value, shown.value());
    }

    /** Builds from what it is shown, by recursion over what was written down. */
    private static final class Shown implements PackedVisitor {
        private final Values values;
        private final List<Object> parts = new ArrayList<>();
        private int at;

        Shown(Values values) {
            this.values = values;
        }

        private Value value() {
            return switch (parts.get(at++)) {
                case Value value -> value;
                case Items(boolean isSet, int count) -> {
                    List<Value> items = items(count);
                    yield isSet ? new Value.Group(items) : new Value.Sequence(items);
                }
                case List<?> names -> {
                    List<Value.Entry> entries = new ArrayList<>();
                    for (Object name : names) {
                        entries.add(new Value.Entry((Value) name, value()));
                    }
                    yield new Value.Mapping(entries);
                }
                case String tag -> new Value.Tagged(tag, value());
                default -> throw new AssertionError("a part of another kind");
            };
        }

        private List<Value> items(int count) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                items.add(value());
            }
            return items;
        }

        private record Items(boolean isSet, int count) {}

        @Override
        public void nil() {
            parts.add(Value.NIL);
        }

        @Override
        public void bool(boolean truth) {
            parts.add(new Value.Bool(truth));
        }

        @Override
        public void integer(long number) {
            parts.add(Value.of(number));
        }

        @Override
        public void real(double number) {
            parts.add(new Value.Real(number));
        }

        @Override
        public void known(int id) {
            parts.add(values.value(id));
        }

        @Override
        public void list(int count) {
            parts.add(new Items(false, count));
        }

        @Override
        public void set(int count) {
            parts.add(new Items(true, count));
        }

        @Override
        public void map(int shape, int[] names) {
            List<Value> all = new ArrayList<>();
            for (int name : names) {
                all.add(values.value(name));
            }
            parts.add(all);
        }

        @Override
        public void tagged(int id) {
            parts.add(((Value.Text) values.value(id)).value());
        }
    }

    @Test
    void equalValuesHaveOneIdUnlessTheyAreAddedUnseen() {
        Values values = new Values();
        Value list = Value.sequence(Value.of(1), Value.text("a"));
        assertEquals(values.idOf(list), values.idOf(Value.sequence(Value.of(1), Value.text("a"))));
        int added = values.add(list);
        assertNotEquals(added, values.add(list));
        assertTrue(values.isPacked(added));
        assertFalse(values.isPacked(values.idOf(list)));
    }

    @Test
    void valuesLongerThanAChunkAreHeldToo() {
        Values values = new Values();
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < 400_000; i++) {
            items.add(Value.of(1_000_000_000L + i));
        }
        Value small = Value.sequence(Value.text("small"));
        int before = values.add(small);
        int long1 = values.add(new Value.Sequence(items));
        int after = values.add(small);
        assertEquals(small, values.value(before));
        assertEquals(new Value.Sequence(items), values.value(long1));
        assertEquals(small, values.value(after));
    }

    @Test
    void mapThatSaysAKeyTwiceIsNotClosed() {
        Values values = new Values();
        int name = values.idOf(Value.text("name"));
        Packer packer = values.packer();
        int mark = packer.openMap();
        packer.name(name);
        packer.nil();
        packer.name(name);
        packer.nil();
        assertEquals(name, packer.closeMap(mark));
    }
}
