package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.Arrays;

/**
 * Requests that are in this member's log, or were, and whose fate is not known yet, in the order of
 * their proposals.
 *
 * <p>A proposal is known by its {@link EntryId}. By its index alone it could be taken for another:
 * (1) n1 leads term 1 and appends x at index 7; (2) it is cut off, and a leader of term 2 commits y
 * at 7; (3) n1 learns of y: had it waited for "7", it would tell x's client that x was done.
 *
 * <p>They outlive the leadership, for only the log knows what became of them. Terms never fall
 * along a log, so when an entry of term t is committed at index i, a proposal of an older term at i
 * or beyond will never be in a committed log: it is refused. Until then it is open, and when its
 * time is up, {@code Unknown} is the only truth.
 *
 * <p>Invariants: terms never fall from head to tail, within a term indexes rise; deadlines never
 * fall.
 */
final class PendingWrites {

    private final ClientReplies replies;
    private long[] terms = new long[16];
    private long[] indexes = new long[16];
    private long[] requestIds = new long[16];
    private long[] deadlines = new long[16];
    private int head;
    private int size;

    PendingWrites(ClientReplies replies) {
        this.replies = replies;
    }

    int size() {
        return size;
    }

    /** When the oldest has waited long enough. */
    long firstDeadline() {
        return size == 0 ? Long.MAX_VALUE : deadlines[head];
    }

    void add(EntryId id, long requestId, long deadline) {
        if (size == terms.length) {
            grow();
        }
        int at = head + size & terms.length - 1;
        terms[at] = id.term();
        indexes[at] = id.index();
        requestIds[at] = requestId;
        deadlines[at] = deadline;
        size++;
    }

    /** The entry {@code id} is committed and applied: what that means for those who wait. */
    void applied(EntryId id, Reply reply, NodeId leader) {
        while (size > 0 && terms[head] < id.term()) {
            replies.reply(take(), new Reply.Refused(Reply.Reason.NOT_LEADER, leader));
        }
        if (size > 0 && terms[head] == id.term() && indexes[head] <= id.index()) {
            Check.equal("pending-write-not-passed-over", id.index(), indexes[head]);
            replies.reply(take(), reply);
        }
    }

    /** Nobody waits for an entry that a leader appends of its own accord. */
    void applied(EntryId id, NodeId leader) {
        while (size > 0 && terms[head] < id.term()) {
            replies.reply(take(), new Reply.Refused(Reply.Reason.NOT_LEADER, leader));
        }
    }

    /**
     * A snapshot that ends at {@code index} replaced the log. It does not tell which entries it
     * stands for, so whoever waits for one of them never learns its fate.
     */
    void restored(long index) {
        int waiting = size;
        for (int i = 0; i < waiting; i++) {
            EntryId id = new EntryId(terms[head], indexes[head]);
            long deadline = deadlines[head];
            long requestId = take();
            if (id.index() <= index) {
                replies.reply(requestId, new Reply.Unknown("a snapshot replaced the log"));
            } else {
                add(id, requestId, deadline);
            }
        }
    }

    void expire(long now) {
        while (size > 0 && deadlines[head] <= now) {
            replies.reply(take(), new Reply.Unknown("not committed in time"));
        }
    }

    void stop() {
        while (size > 0) {
            replies.reply(take(), new Reply.Unknown("the member stops"));
        }
    }

    private long take() {
        long requestId = requestIds[head];
        head = head + 1 & terms.length - 1;
        size--;
        return requestId;
    }

    private void grow() {
        terms = doubled(terms);
        indexes = doubled(indexes);
        requestIds = doubled(requestIds);
        deadlines = doubled(deadlines);
        head = 0;
    }

    private long[] doubled(long[] ring) {
        long[] bigger = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
        System.arraycopy(ring, 0, bigger, ring.length - head, head);
        return bigger;
    }
}
