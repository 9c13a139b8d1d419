package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/**
 * Writes values as bytes, one after the other, into a buffer that is used again: a tag, then the
 * content. Texts are ids of the history's {@link Values}, numbers are varints, a map is the number
 * of its names ({@link Shapes}) and its values.
 *
 * <pre>{@code
 * int mark = packer.openMap();
 * packer.name(values.idOf(Value.text("deleted")));
 * packer.integer(3);
 * packer.closeMap(mark);
 * }</pre>
 */
public final class Packer {
    static final int NIL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int INT = 3;
    static final int REAL = 4;
    static final int KNOWN = 5;
    static final int LIST = 6;
    static final int SET = 7;
    static final int MAP = 8;
    static final int TAGGED = 9;

    /** What {@link #closeMap} returns of a map whose names are all different. */
    public static final int NONE = -1;

    private static final int VARINT_MAX = 10;

    private final Values table;
    private final Shapes shapes;
    private byte[] bytes = new byte[1 << 10];
    private int size;

    /** Where the maps and lists that are open began, and how many items they have. */
    private int[] starts = new int[16];

    private int[] counts = new int[16];
    private int depth;

    /** The names of the maps that are open, the innermost's on top. */
    private int[] names = new int[16];

    private int height;

    Packer(Values table, Shapes shapes) {
        this.table = table;
        this.shapes = shapes;
    }

    /** Forgets all that was written. */
    public void clear() {
        size = 0;
        depth = 0;
        height = 0;
    }

    /** Where the next value begins. */
    public int position() {
        return size;
    }

    // ---- values

    public void nil() {
        tag(NIL);
    }

    public void bool(boolean truth) {
        tag(truth ? TRUE : FALSE);
    }

    public void integer(long number) {
        tag(INT);
        varint((number << 1) ^ (number >> (Long.SIZE - 1)));
    }

    public void real(double number) {
        tag(REAL);
        varint(Double.doubleToRawLongBits(number));
    }

    /** A value that has an id of its own. */
    public void known(int id) {
        tag(KNOWN);
        varint(id);
    }

    public void openList() {
        open(LIST);
    }

    public void openSet() {
        open(SET);
    }

    /** Ends a list or a set. */
    public void close() {
        depth--;
        insert(starts[depth], counts[depth]);
    }

    /** Begins a map: a {@link #name} before every value, and {@link #closeMap} at the end. */
    public int openMap() {
        open(MAP);
        return height;
    }

    /** The id of the next value's name. */
    public void name(int id) {
        if (height == names.length) {
            names = Arrays.copyOf(names, height * 2);
        }
        names[height++] = id;
    }

    /**
     * Ends the map that began at this mark; the id of a name that it has twice, or {@link #NONE}.
     */
    public int closeMap(int mark) {
        depth--;
        int shape = shapes.of(names, mark, height);
        if (shape < 0) {
            return -shape - 1;
        }
        height = mark;
        insert(starts[depth], shape);
        return NONE;
    }

    /** The tag, by its id, of the value that comes next. */
    public void tagged(int id) {
        tag(TAGGED);
        varint(id);
        // The value that follows is a part of this one, no item of its own.
        if (depth > 0) {
            counts[depth - 1]--;
        }
    }

    /** What was written from here to there, once more. */
    public void copy(int from, int to) {
        item();
        room(to - from);
        System.arraycopy(bytes, from, bytes, size, to - from);
        size += to - from;
    }

    /** Any value. */
    public void value(Value value) {
        switch (value) {
            case Value.Nil _ -> nil();
            case Value.Bool(boolean truth) -> bool(truth);
            case Value.Int(long number) -> integer(number);
            case Value.Real(double number) -> real(number);
            case Value.Text _, Value.Keyword _, Value.Symbol _ -> known(table.idOf(value));
            case Value.Sequence sequence -> {
                openList();
                sequence.items().forEach(this::value);
                close();
            }
            case Value.Group group -> {
                openSet();
                group.items().forEach(this::value);
                close();
            }
            case Value.Mapping map -> {
                int mark = openMap();
                for (int i = 0; i < map.size(); i++) {
                    name(table.idOf(map.name(i)));
                    value(map.value(i));
                }
                closeMap(mark);
            }
            case Value.Tagged(String tag, Value inner) -> {
                tagged(table.idOf(Value.text(tag)));
                value(inner);
            }
        }
    }

    // ---- reading what was written

    /** The value that was written from here on. */
    public Value valueAt(int from) {
        return new Unpacker(bytes, from, table, shapes).value();
    }

    public boolean isNilAt(int from) {
        return bytes[from] == NIL;
    }

    public boolean isMapAt(int from) {
        return bytes[from] == MAP;
    }

    public boolean isIntegerAt(int from) {
        return bytes[from] == INT;
    }

    /** The integer that was written from here on. */
    public long integerAt(int from) {
        return new Unpacker(bytes, from + 1, table, shapes).signed();
    }

    /** The id of the {@link #known} value here, or {@link #NONE}. */
    public int knownAt(int from) {
        return bytes[from] == KNOWN
                ? (int) new Unpacker(bytes, from + 1, table, shapes).varint()
                : NONE;
    }

    /** The buffer itself, for what copies from it. */
    byte[] bytes() {
        return bytes;
    }

    // ---- bytes

    private void tag(int tag) {
        item();
        room(1 + VARINT_MAX);
        bytes[size++] = (byte) tag;
    }

    private void item() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private void open(int tag) {
        tag(tag);
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        starts[depth] = size;
        counts[depth++] = 0;
    }

    private void varint(long number) {
        size = varint(size, number);
    }

    private int varint(int from, long number) {
        int at = from;
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    /** Writes a number before what was written since: it was not known then. */
    private void insert(int at, int number) {
        room(VARINT_MAX);
        int width = 1 + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number | 1)) / 7;
        System.arraycopy(bytes, at, bytes, at + width, size - at);
        varint(at, number);
        size += width;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
