package dev.whitewater.store;

/**
 * Reads keys.
 *
 * @param revision the moment to read at; 0 or less: now
 * @param limit at most so many keys; 0 or less: all
 */
public record Range(
        KeyRange keys, long revision, long limit, Sort sort, Filter filter, Content content)
        implements Operation {

    /** What of each key is answered. */
    public enum Content {
        KEYS_AND_VALUES,
        KEYS_ONLY,
        COUNT_ONLY
    }

    /** What to sort by. */
    public enum SortTarget {
        KEY,
        VERSION,
        CREATE_REVISION,
        MOD_REVISION,
        VALUE
    }

    /** Which way; {@code NONE} is key order, or ascending for any other target, as in etcd. */
    public enum SortOrder {
        NONE,
        ASCENDING,
        DESCENDING
    }

    /** The order of the answer. */
    public record Sort(SortTarget target, SortOrder order) {
        public static final Sort BY_KEY = new Sort(SortTarget.KEY, SortOrder.NONE);
    }

    /** Bounds that every answered key keeps to, both inclusive; 0 is no bound. */
    public record Filter(
            long minModRevision,
            long maxModRevision,
            long minCreateRevision,
            long maxCreateRevision) {
        public static final Filter NONE = new Filter(0, 0, 0, 0);

        public boolean admits(KeyValue kv) {
            return (minModRevision == 0 || kv.modRevision() >= minModRevision)
                    && (maxModRevision == 0 || kv.modRevision() <= maxModRevision)
                    && (minCreateRevision == 0 || kv.createRevision() >= minCreateRevision)
                    && (maxCreateRevision == 0 || kv.createRevision() <= maxCreateRevision);
        }
    }

    public static Range of(Bytes key) {
        return of(KeyRange.single(key));
    }

    public static Range prefix(Bytes prefix) {
        return of(KeyRange.prefix(prefix));
    }

    public static Range of(KeyRange keys) {
        return new Range(keys, 0, 0, Sort.BY_KEY, Filter.NONE, Content.KEYS_AND_VALUES);
    }

    public Range withRevision(long at) {
        return new Range(keys, at, limit, sort, filter, content);
    }

    public Range withLimit(long most) {
        return new Range(keys, revision, most, sort, filter, content);
    }

    public Range withSort(SortTarget target, SortOrder order) {
        return new Range(keys, revision, limit, new Sort(target, order), filter, content);
    }

    public Range withFilter(Filter bounds) {
        return new Range(keys, revision, limit, sort, bounds, content);
    }

    public Range keysOnly() {
        return new Range(keys, revision, limit, sort, filter, Content.KEYS_ONLY);
    }

    public Range countOnly() {
        return new Range(keys, revision, limit, sort, filter, Content.COUNT_ONLY);
    }
}
