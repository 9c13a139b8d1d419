package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A leader's unanswered reads (thesis §6.4), in rounds: all questions that came before a round of
 * heartbeats share it. A round is confirmed when a quorum answered a heartbeat of this round or of
 * a later one, for each such heartbeat was sent after every question in the round.
 *
 * <p>Round numbers live inside one leadership and never return, so a late answer can only confirm
 * questions that are older than itself.
 */
final class ReadRounds {

    private List<Question> asked = new ArrayList<>();
    private final ArrayDeque<Round> open = new ArrayDeque<>();
    private long newest;
    private long granted;
    private long confirmedSince = Long.MIN_VALUE / 2;

    /** Who asked, and what the asker calls the question. */
    record Question(NodeId from, long context) {}

    /**
     * Questions that may be answered with {@code index} once a quorum confirmed {@code number}; the
     * heartbeats of this round left at tick {@code begun}.
     */
    record Round(long number, long index, long begun, List<Question> questions) {}

    void ask(Question question) {
        asked.add(question);
    }

    /** There are questions that no heartbeat speaks for yet. */
    boolean hasAsked() {
        return !asked.isEmpty();
    }

    /** Begins a round for all that was asked; {@code index} is the commit index of this moment. */
    long begin(long index, long now) {
        newest++;
        open.addLast(new Round(newest, index, now, asked));
        asked = new ArrayList<>();
        return newest;
    }

    /** The round a heartbeat should carry: the newest that waits, or 0. */
    long waiting() {
        return open.isEmpty() ? 0 : newest;
    }

    /** The oldest open round if it is confirmed by {@code round}. */
    boolean hasConfirmed(long round) {
        return !open.isEmpty() && open.peekFirst().number() <= round;
    }

    /** Takes a confirmed round; a quorum is known to have heard this leader since it began. */
    Round takeConfirmed() {
        Round round = open.removeFirst();
        confirmedSince = round.begun();
        granted = round.number();
        return round;
    }

    /** The newest round whose questions were answered; 0 before the first. */
    long granted() {
        return granted;
    }

    /** A tick since which a quorum has heard this leader. */
    long confirmedSince() {
        return confirmedSince;
    }

    /** All that was asked, for an answer without a round. */
    List<Question> takeAsked() {
        List<Question> taken = asked;
        asked = new ArrayList<>();
        return taken;
    }

    /** Everything unanswered, now without hope. */
    List<Question> abandon() {
        List<Question> all = new ArrayList<>();
        for (Round round : open) {
            all.addAll(round.questions());
        }
        all.addAll(asked);
        open.clear();
        asked = new ArrayList<>();
        return all;
    }
}
