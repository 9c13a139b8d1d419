package dev.whitewater.store;

/**
 * Asks for the history of some keys as it goes on.
 *
 * @param startRevision the first revision to tell of; 0: the one after now
 * @param options what to leave out and what to add
 */
public record WatchRequest(KeyRange keys, long startRevision, Options options) {

    /**
     * What a watch leaves out and adds.
     *
     * @param noPut writes are left out
     * @param noDelete deletions are left out
     * @param previous events carry what stood there before, unless that is compacted
     * @param fragment an answer that is too large may be split inside a revision
     */
    public record Options(boolean noPut, boolean noDelete, boolean previous, boolean fragment) {
        public static final Options NONE = new Options(false, false, false, false);
    }

    public static WatchRequest of(KeyRange keys, long startRevision) {
        return new WatchRequest(keys, startRevision, Options.NONE);
    }

    public WatchRequest with(Options other) {
        return new WatchRequest(keys, startRevision, other);
    }

    boolean wants(boolean isTombstone) {
        return !(isTombstone ? options.noDelete() : options.noPut());
    }
}
