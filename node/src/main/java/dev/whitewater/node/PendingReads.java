package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.ReadResult;
import dev.whitewater.store.Range;
import dev.whitewater.store.Store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Linearizable reads on their way: waiting to be asked about, asked about, or granted and waiting
 * for the store to reach their index (thesis §6.4 steps 1 to 4).
 *
 * <p>All reads that wait at one moment share one question to the core: the answer to a question
 * holds for every read that came before it. A question is never asked twice under the same name,
 * for a late answer to the first asking would be taken for one to the second.
 */
final class PendingReads {

    /** Questions under way at once; more reads than that share the next one. */
    private static final int MAX_QUESTIONS = 8;

    private final ClientReplies replies;
    private final Store store;
    private List<Waiting> waiting = new ArrayList<>();
    private final ArrayDeque<Question> asked = new ArrayDeque<>();
    private final ArrayDeque<Granted> granted = new ArrayDeque<>();
    private int size;

    private record Waiting(long requestId, Range range, long deadline) {}

    private record Question(long context, List<Waiting> reads) {}

    private record Granted(long index, List<Waiting> reads) {}

    PendingReads(ClientReplies replies, Store store) {
        this.replies = replies;
        this.store = store;
    }

    int size() {
        return size;
    }

    void add(long requestId, Range range, long deadline) {
        waiting.add(new Waiting(requestId, range, deadline));
        size++;
    }

    boolean wantsToAsk() {
        return !waiting.isEmpty() && asked.size() < MAX_QUESTIONS;
    }

    /** Everything that waits is now asked about as {@code context}. */
    void asked(long context) {
        asked.addLast(new Question(context, waiting));
        waiting = new ArrayList<>();
    }

    /** The core's answer; one to a question that nobody waits for any more is dropped. */
    void answered(ReadResult result, Reply.Refused refusal) {
        for (Iterator<Question> each = asked.iterator(); each.hasNext(); ) {
            Question question = each.next();
            if (question.context() == result.context()) {
                each.remove();
                switch (result) {
                    case ReadResult.Granted g ->
                            granted.addLast(new Granted(g.index(), question.reads()));
                    case ReadResult.Refused _ -> refuse(question.reads(), refusal);
                }
                return;
            }
        }
    }

    /** Serves what the store is fresh enough for. */
    void serve() {
        if (granted.isEmpty()) {
            return;
        }
        long applied = store.appliedIndex();
        for (Iterator<Granted> each = granted.iterator(); each.hasNext(); ) {
            Granted grant = each.next();
            if (grant.index() <= applied) {
                each.remove();
                for (Waiting read : grant.reads()) {
                    size--;
                    replies.reply(read.requestId(), new Reply.Answered(store.read(read.range())));
                }
            }
        }
    }

    long firstDeadline() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        long first = firstDeadline(waiting);
        for (Question question : asked) {
            first = Math.min(first, firstDeadline(question.reads()));
        }
        for (Granted grant : granted) {
            first = Math.min(first, firstDeadline(grant.reads()));
        }
        return first;
    }

    /** Within one list deadlines never fall. */
    private static long firstDeadline(List<Waiting> reads) {
        return reads.isEmpty() ? Long.MAX_VALUE : reads.getFirst().deadline();
    }

    /** Refuses what has waited too long: a read has no effect, so that is never wrong. */
    void expire(long now, Reply.Refused refusal) {
        if (firstDeadline() > now) {
            return;
        }
        expire(waiting, now, refusal);
        for (Iterator<Question> each = asked.iterator(); each.hasNext(); ) {
            List<Waiting> reads = each.next().reads();
            expire(reads, now, refusal);
            if (reads.isEmpty()) {
                each.remove();
            }
        }
        for (Granted grant : granted) {
            expire(grant.reads(), now, refusal);
        }
    }

    private void expire(List<Waiting> reads, long now, Reply.Refused refusal) {
        int expired = 0;
        while (expired < reads.size() && reads.get(expired).deadline() <= now) {
            expired++;
        }
        List<Waiting> gone = reads.subList(0, expired);
        refuse(gone, refusal);
        gone.clear();
    }

    void stop(Reply.Refused refusal) {
        refuse(waiting, refusal);
        waiting.clear();
        for (Question question : asked) {
            refuse(question.reads(), refusal);
        }
        asked.clear();
        for (Granted grant : granted) {
            refuse(grant.reads(), refusal);
        }
        granted.clear();
    }

    private void refuse(List<Waiting> reads, Reply.Refused refusal) {
        for (Waiting read : reads) {
            size--;
            replies.reply(read.requestId(), refusal);
        }
    }
}
