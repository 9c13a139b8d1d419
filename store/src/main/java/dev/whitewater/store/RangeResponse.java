package dev.whitewater.store;

import java.util.List;

/**
 * What was read.
 *
 * @param revision the store's at the moment of the answer, also when an older one was read
 * @param count how many keys the range has at the revision read, before filters and limit
 * @param more the limit cut keys off
 */
public record RangeResponse(long revision, List<KeyValue> kvs, long count, boolean more)
        implements Response {}
