package dev.whitewater.store;

import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.kv.Mvcc;

/**
 * The whole replicated state at one moment, to be read in slices while the store goes on: a head,
 * then all versions in order, then the hash over it. While this is open no version is removed, and
 * what is written later has higher revisions than what is shown.
 */
public final class StateSource {
    private final Mvcc mvcc;
    private final long appliedIndex;
    private final long revision;
    private final long hash;
    private final long versions;
    private final RequestWriter head = new RequestWriter();
    private long cursorMain;
    private int cursorSub;
    private long shown;
    private boolean closed;

    /** Whoever makes one closes it. */
    public StateSource(Store store) {
        mvcc = store.mvcc();
        mvcc.pin();
        appliedIndex = store.appliedIndex();
        revision = mvcc.revision();
        hash = store.hash();
        versions = mvcc.backend().count();
        SnapshotHead.write(head, store);
    }

    public long appliedIndex() {
        return appliedIndex;
    }

    /** All but the versions, as {@link StateTarget#head} takes it. */
    public byte[] head() {
        return head.toByteArray();
    }

    /** How many versions there are to be shown. */
    public long versions() {
        return versions;
    }

    /** Over all of the state. */
    public long hash() {
        return hash;
    }

    /** Shows the next versions until the visitor has enough; true if more remain. */
    public boolean next(Backend.Visitor visitor) {
        if (shown < versions) {
            mvcc.backend()
                    .scan(
                            cursorMain,
                            cursorSub,
                            revision,
                            version -> {
                                cursorMain = version.main();
                                cursorSub = version.sub() + 1;
                                shown++;
                                return visitor.visit(version);
                            });
        }
        return shown < versions;
    }

    /** Lets go of the store. */
    public void close() {
        if (!closed) {
            closed = true;
            mvcc.unpin();
        }
    }

    RequestWriter headBytes() {
        return head;
    }
}
