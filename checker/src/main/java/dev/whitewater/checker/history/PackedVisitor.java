package dev.whitewater.checker.history;

/** Is shown a packed value, outer before inner, without an object for any of its parts. */
public interface PackedVisitor {
    void nil();

    void bool(boolean truth);

    void integer(long number);

    void real(double number);

    /** A value that has an id of its own. */
    void known(int id);

    /** A list; its items come next. */
    void list(int count);

    /** A set; its items come next. */
    void set(int count);

    /**
     * A map; its values come next, in the order of its names.
     *
     * @param shape the number of the row of names, equal for maps with the same ones
     * @param names the names' ids, which nobody may change
     */
    void map(int shape, int[] names);

    /** The tag, by its id, of the value that comes next. */
    void tagged(int id);
}
