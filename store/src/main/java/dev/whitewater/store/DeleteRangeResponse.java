package dev.whitewater.store;

import java.util.List;

/**
 * The keys are gone.
 *
 * @param revision the store's afterwards; no higher than before if nothing was deleted
 * @param previous what was deleted, if that was asked for
 */
public record DeleteRangeResponse(long revision, long deleted, List<KeyValue> previous)
        implements Response {}
