package dev.whitewater.sim.monitor;

import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

import java.util.ArrayDeque;

/**
 * M17, strict serializability, as far as it can be seen at once: every answer about keys is the one
 * that the committed log leads to at the revision it names, and that revision is not older than
 * what was known to any client when the operation was called. The order of revisions is the order
 * of the operations; so together this is the whole statement for all that was answered.
 */
final class Answers {

    private final Truth truth;

    /** Answers handed out by an event whose entries the model has not come to. */
    private final ArrayDeque<Told> told = new ArrayDeque<>();

    private record Told(int member, Question question, Response response) {}

    Answers(Truth truth) {
        this.truth = truth;
    }

    void told(int member, Question question, Response response) {
        told.add(new Told(member, question, response));
    }

    /** The model has come further. */
    void after() {
        while (!told.isEmpty() && revision(told.getFirst().response()) <= truth.revision()) {
            judge(told.removeFirst());
        }
    }

    /** All is applied everywhere. */
    void converged() {
        after();
        if (!told.isEmpty()) {
            throw wrong(told.getFirst(), "no member ever came to that revision");
        }
    }

    private void judge(Told answer) {
        long revision = revision(answer.response());
        if (revision == 0) {
            return;
        }
        Operation operation = answer.question().operation();
        long floor = answer.question().floor();
        if (revision < floor) {
            throw wrong(answer, "revision " + floor + " was known to a client before the call");
        }
        if (!(operation instanceof Range)) {
            Trial made = new Trial(truth, revision - 1);
            if (made.agrees(operation, answer.response()) && isWhatMade(revision, made)) {
                if (revision <= floor) {
                    throw wrong(answer, "that revision was known before the call");
                }
                return;
            }
        }
        Trial saw = new Trial(truth, revision);
        if (!saw.agrees(operation, answer.response())) {
            throw wrong(answer, saw.why() + "; the answer was " + answer.response());
        }
        if (!saw.written().isEmpty()) {
            throw wrong(answer, "that revision changed " + truth.changesOf(revision));
        }
    }

    private boolean isWhatMade(long revision, Trial trial) {
        var changes = truth.changesOf(revision);
        if (changes.isEmpty() || changes.size() != trial.written().size()) {
            return false;
        }
        int i = 0;
        for (Version version : trial.written()) {
            Version made = changes.get(i++);
            boolean same =
                    made.key.equals(version.key)
                            && made.version == version.version
                            && made.valueHash == version.valueHash
                            && made.lease == version.lease;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** 0 of an answer that isn't about keys. */
    private static long revision(Response response) {
        return switch (response) {
            case PutResponse put -> put.revision();
            case RangeResponse range -> range.revision();
            case DeleteRangeResponse delete -> delete.revision();
            case TxnResponse txn -> txn.revision();
            default -> 0;
        };
    }

    private static Finding wrong(Told answer, String why) {
        return new Finding(
                "M17",
                "strict serializability",
                "n"
                        + answer.member()
                        + " answers operation "
                        + answer.question().number()
                        + ", "
                        + words(answer.question().operation())
                        + ", at revision "
                        + revision(answer.response())
                        + ", but "
                        + why);
    }

    private static String words(Operation operation) {
        return switch (operation) {
            case Range range -> "a read of " + range.keys();
            case Put put -> "a put of " + put.key();
            case DeleteRange delete -> "a deletion of " + delete.keys();
            case Txn txn -> "a transaction (if " + txn.compares() + ")";
        };
    }
}
