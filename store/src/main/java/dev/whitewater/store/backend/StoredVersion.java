package dev.whitewater.store.backend;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

/** One version as a scan shows it; good only until the visitor returns. */
public interface StoredVersion {

    long main();

    int sub();

    boolean isTombstone();

    Bytes key();

    /** All of it, which costs a copy of key and value. */
    KeyValue kv();
}
