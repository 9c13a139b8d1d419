package dev.whitewater.store;

import dev.whitewater.store.kv.Mvcc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Answers {@link Range} requests: which keys, in which order, how much of them. */
final class RangeReader {
    private final Mvcc mvcc;

    RangeReader(Mvcc mvcc) {
        this.mvcc = mvcc;
    }

    /**
     * Reads.
     *
     * @param head the newest revision that can be seen, with what a running transaction wrote
     */
    Response read(Range range, long head) {
        long at = range.revision() <= 0 ? head : range.revision();
        if (at > head) {
            return Rejected.because(ErrorCode.FUTURE_REVISION);
        }
        if (at < mvcc.compactRevision()) {
            return Rejected.because(ErrorCode.COMPACTED);
        }
        return range.content() == Range.Content.COUNT_ONLY
                ? new RangeResponse(head, List.of(), mvcc.count(range.keys(), at), false)
                : select(range, head, at);
    }

    private Response select(Range range, long head, long at) {
        boolean inKeyOrder = range.sort().equals(Range.Sort.BY_KEY);
        boolean filtered = !range.filter().equals(Range.Filter.NONE);
        // What isn't cut before sorting and filtering must be looked at as a whole.
        long most = inKeyOrder && !filtered ? fetchMost(range.limit()) : Long.MAX_VALUE;
        List<KeyValue> found = new ArrayList<>();
        mvcc.range(
                range.keys(),
                at,
                kv -> {
                    if (range.filter().admits(kv)) {
                        found.add(kv);
                    }
                    return found.size() < most;
                });
        boolean complete = found.size() < most && !filtered;
        long count = complete ? found.size() : mvcc.count(range.keys(), at);
        if (!inKeyOrder) {
            found.sort(comparator(range.sort()));
        }
        boolean more = range.limit() > 0 && found.size() > range.limit();
        List<KeyValue> kvs = more ? found.subList(0, (int) range.limit()) : found;
        if (range.content() == Range.Content.KEYS_ONLY) {
            kvs = kvs.stream().map(KeyValue::withoutValue).toList();
        }
        return new RangeResponse(head, List.copyOf(kvs), count, more);
    }

    /** One more than is answered, to see whether there is more. */
    private static long fetchMost(long limit) {
        return limit <= 0 || limit == Long.MAX_VALUE ? Long.MAX_VALUE : limit + 1;
    }

    private static Comparator<KeyValue> comparator(Range.Sort sort) {
        Comparator<KeyValue> ascending =
                switch (sort.target()) {
                    case KEY -> Comparator.comparing(KeyValue::key);
                    case VERSION -> Comparator.comparingLong(KeyValue::version);
                    case CREATE_REVISION -> Comparator.comparingLong(KeyValue::createRevision);
                    case MOD_REVISION -> Comparator.comparingLong(KeyValue::modRevision);
                    case VALUE -> Comparator.comparing(KeyValue::value);
                };
        return sort.order() == Range.SortOrder.DESCENDING ? ascending.reversed() : ascending;
    }
}
