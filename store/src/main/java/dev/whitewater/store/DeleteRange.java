package dev.whitewater.store;

/**
 * Deletes keys.
 *
 * @param previous the answer carries what was deleted
 */
public record DeleteRange(KeyRange keys, boolean previous) implements Operation {

    public static DeleteRange of(Bytes key) {
        return of(KeyRange.single(key));
    }

    public static DeleteRange of(KeyRange keys) {
        return new DeleteRange(keys, false);
    }

    public DeleteRange withPrevious() {
        return new DeleteRange(keys, true);
    }
}
