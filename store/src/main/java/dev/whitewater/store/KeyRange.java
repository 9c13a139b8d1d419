package dev.whitewater.store;

/**
 * A set of keys, written as etcd's API writes it.
 *
 * @param start the first key
 * @param end the first key behind the set; empty: the set is {@code start} alone; one zero byte:
 *     everything from {@code start} on
 */
public record KeyRange(Bytes start, Bytes end) {

    private static final Bytes ZERO = Bytes.of(new byte[] {0});

    public static final KeyRange ALL = new KeyRange(ZERO, ZERO);

    public static KeyRange single(Bytes key) {
        return new KeyRange(key, Bytes.EMPTY);
    }

    public static KeyRange between(Bytes start, Bytes end) {
        return new KeyRange(start, end);
    }

    public static KeyRange from(Bytes start) {
        return new KeyRange(start, ZERO);
    }

    public static KeyRange prefix(Bytes prefix) {
        if (prefix.isEmpty()) {
            return ALL;
        }
        Bytes end = prefix.afterPrefix();
        return new KeyRange(prefix, end.isEmpty() ? ZERO : end);
    }

    public boolean isSingle() {
        return end.isEmpty();
    }

    public boolean isOpenEnded() {
        return end.length() == 1 && end.at(0) == 0;
    }

    public boolean contains(Bytes key) {
        if (isSingle()) {
            return key.equals(start);
        }
        return key.compareTo(start) >= 0 && isBeforeEnd(key);
    }

    /** True if {@code key} doesn't lie behind the set; only for sets that aren't a single key. */
    public boolean isBeforeEnd(Bytes key) {
        return isOpenEnded() || key.compareTo(end) < 0;
    }

    @Override
    public String toString() {
        if (isSingle()) {
            return start.toString();
        }
        return "[" + start + ", " + (isOpenEnded() ? "…" : end.toString()) + ")";
    }
}
