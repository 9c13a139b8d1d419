package dev.whitewater.store;

import java.util.List;

/**
 * One side of a transaction ran.
 *
 * @param revision the store's afterwards; no higher than before if nothing was written; 0 of one
 *     inside another, as etcd has it
 * @param succeeded which of the two lists ran
 * @param responses one for each operation of that list, in its order
 */
public record TxnResponse(long revision, boolean succeeded, List<Response> responses)
        implements Response {}
