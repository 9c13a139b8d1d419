package dev.whitewater.checker.value;

import java.util.AbstractList;

/**
 * The entries of a map as two arrays, names apart from values: maps of the same shape share their
 * names, and a history of a million of them holds no object per entry. Immutable; both arrays are
 * given up to it.
 */
final class Fields extends AbstractList<Value.Entry> {
    private final Value[] names;
    private final Value[] values;

    Fields(Value[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    /** The same names with other values. */
    Fields with(Value[] others) {
        return new Fields(names, others);
    }

    Value name(int place) {
        return names[place];
    }

    Value value(int place) {
        return values[place];
    }

    @Override
    public Value.Entry get(int place) {
        return new Value.Entry(names[place], values[place]);
    }

    @Override
    public int size() {
        return values.length;
    }

    /** As any list of these entries has it, without making them. */
    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < values.length; i++) {
            hash = 31 * hash + Value.Entry.hash(names[i], values[i]);
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Fields fields)) {
            return super.equals(other);
        }
        if (fields.values.length != values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!values[i].equals(fields.values[i]) || !names[i].equals(fields.names[i])) {
                return false;
            }
        }
        return true;
    }
}
