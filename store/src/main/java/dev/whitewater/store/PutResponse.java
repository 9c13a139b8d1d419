package dev.whitewater.store;

import java.util.List;

/**
 * The key was written.
 *
 * @param revision the store's after the write
 * @param previous what stood there before, if that was asked for and there was something
 */
public record PutResponse(long revision, List<KeyValue> previous) implements Response {}
