package dev.whitewater.store;

/** A request on keys: what may stand in a transaction, and alone. */
public sealed interface Operation extends Request permits Put, Range, DeleteRange, Txn {}
