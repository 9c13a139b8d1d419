package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.Message;

import java.util.Arrays;

/**
 * M10, acknowledgement truth, at its root: what a follower acknowledges above its commit index is
 * where an append that reached it in this term ended, and each append is answered once. What stands
 * behind that in its log was not compared, whoever it is from (thesis figure 3.1).
 *
 * <p>M37, convergence, at its root: a refusal points to where the logs may still agree, which is
 * not behind what was refused, nor an entry of a later term; else the leader never finds that place
 * (thesis §5.3).
 */
final class AnsweredAppends {
    /** By last index, a power of two; of two that share a place the older one isn't judged. */
    private static final int PLACES = 256;

    private final long[] terms;
    private final long[] ends;
    private final int[] unanswered;
    private final long[] snapshots;

    /** By member, of the append that it handles or handled last. */
    private final long[] asked;

    private final EntryId[] previous;

    AnsweredAppends(int members) {
        terms = new long[(members + 1) * PLACES];
        ends = new long[terms.length];
        unanswered = new int[terms.length];
        snapshots = new long[members + 1];
        asked = new long[members + 1];
        previous = new EntryId[members + 1];
        Arrays.fill(previous, EntryId.ZERO);
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        if (frame instanceof Frame.Chunk chunk) {
            snapshots[member.number()] = chunk.snapshot().index();
        } else if (frame instanceof Frame.Core(AppendRequest request)
                && request.term() >= member.term) {
            asked[member.number()] = request.term();
            previous[member.number()] = request.previous();
            long end = request.previous().index() + request.entries().size();
            int at = place(member, end);
            if (ends[at] != end || terms[at] != request.term()) {
                ends[at] = end;
                terms[at] = request.term();
                unanswered[at] = 0;
            }
            unanswered[at]++;
        }
    }

    /** The member puts a message on the wire. */
    void sent(MemberState sender, Message message) {
        if (!(message instanceof AppendResponse response)) {
            return;
        }
        if (!response.accepted()) {
            refused(sender, response);
        } else if (response.index() > sender.commit
                && response.index() != snapshots[sender.number()]) {
            accepted(sender, response);
        }
    }

    private void refused(MemberState sender, AppendResponse response) {
        EntryId refused = previous[sender.number()];
        boolean isOfThat =
                response.index() == refused.index() && response.term() == asked[sender.number()];
        if (response.hint().index() > response.index()
                || (isOfThat && response.hint().term() > refused.term())) {
            throw new Finding(
                    "M37",
                    "convergence",
                    sender
                            + " refuses what follows "
                            + (isOfThat ? refused : response.index())
                            + " and points to "
                            + response.hint()
                            + ", where the logs can't agree");
        }
    }

    private void accepted(MemberState sender, AppendResponse response) {
        int at = place(sender, response.index());
        if (terms[at] == response.term() && ends[at] != response.index()) {
            return;
        }
        if (terms[at] != response.term() || unanswered[at] == 0) {
            throw new Finding(
                    "M10",
                    "acknowledgement truth",
                    sender
                            + " acknowledges up to "
                            + response.index()
                            + " to "
                            + response.to()
                            + ", but no append of term "
                            + response.term()
                            + " that ended there is unanswered");
        }
        unanswered[at]--;
    }

    private static int place(MemberState member, long end) {
        return member.number() * PLACES + ((int) end & PLACES - 1);
    }
}
