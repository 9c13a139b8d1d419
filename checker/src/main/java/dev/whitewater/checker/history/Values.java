package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/**
 * Values to small ids and back: within one history, equal values have equal ids. Id 0 is nil. Open
 * addressing, ids in the order of first sight.
 */
public final class Values {
    /** The id of nil. */
    public static final int NIL = 0;

    private Value[] values = new Value[64];

    /**
     * Big values are slow to hash, and are asked for theirs often. For one that isn't held as an
     * object: its place in the slab.
     */
    private int[] hashes = new int[64];

    private final Slab slab = new Slab();
    private final Shapes shapes = new Shapes(this);
    private final Packer packer = packer();

    private int[] table = new int[128];
    private int size;

    /** How many can be found in the table. */
    private int found;

    public Values() {
        idOf(Value.NIL);
    }

    /** The id of this value, which may be new. */
    public int idOf(Value value) {
        int mask = table.length - 1;
        int hash = spread(value.hashCode());
        int slot = hash & mask;
        while (table[slot] != 0) {
            int known = table[slot] - 1;
            if (hashes[known] == hash && values[known].equals(value)) {
                return table[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        makeRoom();
        hashes[size] = hash;
        values[size] = value;
        table[slot] = ++size;
        if (++found * 2 > table.length) {
            grow();
        }
        return size - 1;
    }

    /** What writes values for {@link #add(Packer, int)}. */
    public Packer packer() {
        return new Packer(this, shapes);
    }

    /**
     * An id for a value that is known to be alone, or too big to be worth looking for: equal ones
     * may have other ids, so nobody may tell keys or written values apart by it. It is held as
     * bytes, and made again whenever it is asked for.
     */
    public int add(Value value) {
        packer.clear();
        packer.value(value);
        return add(packer, 0);
    }

    /** The same for all that was written from here on. */
    public int add(Packer written, int from) {
        makeRoom();
        if (slab.isFull()) {
            values[size] = written.valueAt(from);
        } else {
            hashes[size] = slab.add(written.bytes(), from, written.position());
        }
        return size++;
    }

    private void makeRoom() {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
            hashes = Arrays.copyOf(hashes, values.length);
        }
    }

    public Value value(int id) {
        Value held = values[id];
        return held != null ? held : unpacker(hashes[id]).value();
    }

    /** Whether a value is held as bytes. */
    public boolean isPacked(int id) {
        return values[id] == null;
    }

    /** Shows a packed value. */
    public void visit(int id, PackedVisitor visitor) {
        unpacker(hashes[id]).visit(visitor);
    }

    private Unpacker unpacker(int place) {
        return new Unpacker(slab.chunk(place), slab.offset(place), this, shapes);
    }

    public int size() {
        return size;
    }

    private void grow() {
        int[] bigger = new int[table.length * 2];
        int mask = bigger.length - 1;
        for (int entry : table) {
            if (entry != 0) {
                int slot = hashes[entry - 1] & mask;
                while (bigger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                bigger[slot] = entry;
            }
        }
        table = bigger;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }
}
