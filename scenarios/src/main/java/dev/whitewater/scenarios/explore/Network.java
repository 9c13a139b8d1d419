package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.Arrays;

/**
 * The set of all messages ever sent, brought into one of two ways to write the same down:
 *
 * <ul>
 *   <li>a message that changes nothing at its receiver but makes it answer is delivered at once.
 *       Whatever could happen without the answer on the wire can happen with it, since nothing that
 *       is on the wire must ever arrive;
 *   <li>a message that can never do anything any more is taken off.
 * </ul>
 */
final class Network {

    private final ExploreBounds bounds;
    private final Layout layout;
    private final Messages messages;
    private final MemberStates members;

    Network(ExploreBounds bounds, Layout layout, Messages messages, MemberStates members) {
        this.bounds = bounds;
        this.layout = layout;
        this.messages = messages;
        this.members = members;
    }

    /** {@code state} with {@code sent} on its wire, answered and cleared. */
    int[] settle(int[] state, int[] sent, Moves.Aftermath aftermath) {
        int[] settled = with(state, sent);
        boolean grows = true;
        while (grows) {
            int before = settled.length;
            for (int i = layout.wire(); i < before; i++) {
                int[] answer = answer(settled, settled[i]);
                if (answer.length > 0) {
                    int[] more = with(settled, answer);
                    if (more.length > settled.length) {
                        int message = settled[i];
                        aftermath.happens(
                                messages.receiver(message), MemberStates.DELIVER + message, answer);
                        settled = more;
                        break;
                    }
                }
            }
            grows = settled.length > before;
        }
        return withoutDead(settled);
    }

    private int[] with(int[] state, int[] sent) {
        int[] all = state;
        for (int message : sent) {
            if (!layout.isOnWire(all, message)) {
                all = Arrays.copyOf(all, all.length + 1);
                all[all.length - 1] = message;
                Arrays.sort(all, layout.wire(), all.length);
            }
        }
        return all;
    }

    private static final int[] NOTHING = {};

    /** What {@code message} makes its receiver say if it changes nothing else. */
    private int[] answer(int[] state, int message) {
        int receiver = state[layout.member(messages.receiver(message))];
        try {
            MemberStates.Step step = members.step(receiver, MemberStates.DELIVER + message);
            return step.to() == receiver ? live(state, step.sent()) : NOTHING;
        } catch (InvariantViolation later) {
            // It is found again, with its trace, when this delivery has its turn.
            return NOTHING;
        }
    }

    private int[] live(int[] state, int[] sent) {
        int count = 0;
        int[] live = new int[sent.length];
        for (int message : sent) {
            if (!isDead(state, message)) {
                live[count++] = message;
            }
        }
        return count == 0 ? NOTHING : Arrays.copyOf(live, count);
    }

    private int[] withoutDead(int[] state) {
        int kept = layout.wire();
        int[] cleared = state.clone();
        for (int i = layout.wire(); i < state.length; i++) {
            if (!isDead(state, state[i])) {
                cleared[kept++] = state[i];
            }
        }
        return kept == state.length ? state : Arrays.copyOf(cleared, kept);
    }

    /** Whether nothing can come of {@code message}, whatever happens. */
    private boolean isDead(int[] state, int number) {
        Message message = messages.get(number);
        MemberState.Facts at = facts(state, message.to());
        boolean crashes = mayCrash(state, message.to());
        long floor = at.floor(crashes);
        return switch (message) {
            case VoteResponse it ->
                    isDeadAnswer(it, at, floor)
                            || (floor == it.term() && at.role() == RoleKind.LEADER);
            case AppendResponse it ->
                    isDeadAnswer(it, at, floor) || (floor >= it.term() && isOldNews(it, at));
            case HeartbeatResponse it -> isDeadAnswer(it, at, floor);
            case VoteRequest it ->
                    isLate(it, at, floor) || (floor == it.term() && isDecided(state, it, at));
            case AppendRequest it ->
                    isLate(it, at, floor) || (floor == it.term() && isTakenIn(it, at, crashes));
            case HeartbeatRequest it -> isLate(it, at, floor);
            default -> false;
        };
    }

    private MemberState.Facts facts(int[] state, NodeId member) {
        return members.get(state[layout.member((int) member.value() - 1)]).facts();
    }

    private boolean mayCrash(int[] state, NodeId member) {
        return state[layout.crashes((int) member.value() - 1)] > 0;
    }

    /**
     * The receiver is beyond the term for good, or follows in it: then it never asked in this term
     * or has given up, and will not ask again.
     */
    private static boolean isDeadAnswer(Message message, MemberState.Facts at, long floor) {
        return floor > message.term()
                || (floor == message.term()
                        && at.term() == message.term()
                        && at.role() == RoleKind.FOLLOWER);
    }

    /** A leader knows as much already; a refusal below its match, or of index 0, says nothing. */
    private static boolean isOldNews(AppendResponse message, MemberState.Facts at) {
        if (at.term() != message.term()) {
            return false;
        }
        if (!message.accepted() && message.index() == 0) {
            return true;
        }
        if (at.role() != RoleKind.LEADER) {
            return false;
        }
        long match = at.match().get((int) message.from().value() - 1);
        return message.accepted() ? message.index() < match : message.index() <= match;
    }

    /** The receiver is in the last term there will be and refuses, as it has done at once. */
    private boolean isLate(Message message, MemberState.Facts at, long floor) {
        return message.term() < floor && floor == bounds.terms() && at.hardStateIsDurable();
    }

    /** The vote is given for good, and who asked is no candidate any more. */
    private boolean isDecided(int[] state, VoteRequest message, MemberState.Facts at) {
        MemberState.Facts asker = facts(state, message.from());
        long askerFloor = asker.floor(mayCrash(state, message.from()));
        return message.term() == bounds.terms()
                && at.hardStateIsDurable()
                && !at.vote().isNone()
                && askerFloor >= message.term()
                && asker.role() != RoleKind.CANDIDATE;
    }

    /** Everything it carries is there for good, and so is the knowledge of its commit index. */
    private boolean isTakenIn(AppendRequest message, MemberState.Facts at, boolean crashes) {
        if (message.term() != bounds.terms() || at.term() != message.term()) {
            return false;
        }
        long last = message.previous().index() + message.entries().size();
        EntryId lastId =
                message.entries().isEmpty() ? message.previous() : message.entries().getLast().id();
        long commit = Math.min(message.commit(), last);
        boolean known = crashes ? at.applied() >= commit : at.commit() >= commit;
        boolean follows = !at.vote().isNone() || (!crashes && at.leader().equals(message.from()));
        return at.role() == RoleKind.FOLLOWER
                && at.hardStateIsDurable()
                && follows
                && known
                && at.durablyHolds(lastId);
    }
}
