package dev.whitewater.node;

import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.ReadResult;

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

    /** Questions in one life, before their names would run into the next life's. */
    private static final int NAME_BITS = 40;

    private long lastName;
    private Batch waiting = new Batch();
    private final ArrayDeque<Question> asked = new ArrayDeque<>();
    private final ArrayDeque<Granted> granted = new ArrayDeque<>();
    private int size;

    /** What waits until this member is known to be up to date. */
    interface Read {

        /** The store is fresh enough now. */
        void serve();

        /** It will not be known, or not in time. */
        void refuse(Reply.Refused refusal);
    }

    private record Waiting(Read read, long deadline) {}

    private record Question(long context, Batch reads) {}

    private record Granted(long index, Batch reads) {}

    /** Reads that share a fate. One that waited for a leader is due before those added earlier. */
    private static final class Batch {
        private List<Waiting> reads = new ArrayList<>();
        private long firstDeadline = Long.MAX_VALUE;

        void add(Waiting read) {
            reads.add(read);
            firstDeadline = Math.min(firstDeadline, read.deadline());
        }

        List<Waiting> takeAll() {
            List<Waiting> all = reads;
            reads = new ArrayList<>();
            firstDeadline = Long.MAX_VALUE;
            return all;
        }

        List<Waiting> takeDue(long now) {
            List<Waiting> due = new ArrayList<>();
            if (firstDeadline <= now) {
                for (Waiting read : takeAll()) {
                    if (read.deadline() <= now) {
                        due.add(read);
                    } else {
                        add(read);
                    }
                }
            }
            return due;
        }
    }

    /** {@code life} is the member's: no answer from an earlier one fits a name of this one. */
    PendingReads(long life) {
        lastName = life << NAME_BITS;
    }

    int size() {
        return size;
    }

    void add(Read read, long deadline) {
        waiting.add(new Waiting(read, deadline));
        size++;
    }

    boolean wantsToAsk() {
        return !waiting.reads.isEmpty() && asked.size() < MAX_QUESTIONS;
    }

    /** Everything that waits is now asked about under the name that this gives. */
    long ask() {
        lastName++;
        asked.addLast(new Question(lastName, waiting));
        waiting = new Batch();
        return lastName;
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
                    case ReadResult.Refused _ -> refuse(question.reads().takeAll(), refusal);
                }
                return;
            }
        }
    }

    /** Serves what a store that has applied all up to {@code applied} is fresh enough for. */
    void serve(long applied) {
        if (granted.isEmpty()) {
            return;
        }
        for (Iterator<Granted> each = granted.iterator(); each.hasNext(); ) {
            Granted grant = each.next();
            if (grant.index() <= applied) {
                each.remove();
                for (Waiting read : grant.reads().takeAll()) {
                    size--;
                    read.read().serve();
                }
            }
        }
    }

    long firstDeadline() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        long first = waiting.firstDeadline;
        for (Question question : asked) {
            first = Math.min(first, question.reads().firstDeadline);
        }
        for (Granted grant : granted) {
            first = Math.min(first, grant.reads().firstDeadline);
        }
        return first;
    }

    /** Refuses what has waited too long: a read has no effect, so that is never wrong. */
    void expire(long now, Reply.Refused refusal) {
        if (firstDeadline() > now) {
            return;
        }
        List<Waiting> due = waiting.takeDue(now);
        for (Iterator<Question> each = asked.iterator(); each.hasNext(); ) {
            Batch reads = each.next().reads();
            due.addAll(reads.takeDue(now));
            if (reads.reads.isEmpty()) {
                each.remove();
            }
        }
        for (Granted grant : granted) {
            due.addAll(grant.reads().takeDue(now));
        }
        refuse(due, refusal);
    }

    void stop(Reply.Refused refusal) {
        List<Waiting> all = waiting.takeAll();
        asked.forEach(question -> all.addAll(question.reads().takeAll()));
        asked.clear();
        granted.forEach(grant -> all.addAll(grant.reads().takeAll()));
        granted.clear();
        refuse(all, refusal);
    }

    private void refuse(List<Waiting> reads, Reply.Refused refusal) {
        for (Waiting read : reads) {
            size--;
            read.read().refuse(refusal);
        }
    }
}
