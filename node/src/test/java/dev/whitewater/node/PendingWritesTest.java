package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Response;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PendingWritesTest {

    private static final Response RESPONSE = new PutResponse(5, List.of());
    private static final Reply ANSWERED = new Reply.Answered(RESPONSE);
    private static final NodeId N2 = new NodeId(2);
    private static final Reply REFUSED = new Reply.Refused(Reply.Reason.NOT_LEADER, N2);

    private final List<String> replies = new ArrayList<>();
    private final PendingWrites writes =
            new PendingWrites((request, reply) -> replies.add(request + " " + reply));

    private void applied(long term, long index) {
        writes.applied(new EntryId(term, index), new Reply.Answered(RESPONSE), N2);
    }

    private void add(long term, long index, long request) {
        writes.add(new EntryId(term, index), request, 100 + request);
    }

    @Test
    void anEntryWithTheSameIdAnswersItsRequest() {
        add(1, 7, 10);
        add(1, 8, 11);
        applied(1, 7);
        assertEquals(List.of("10 " + ANSWERED), replies);
        assertEquals(1, writes.size());
    }

    @Test
    void anotherEntryAtTheSameIndexRefusesIt() {
        add(1, 7, 10);
        applied(2, 7);
        assertEquals(List.of("10 " + REFUSED), replies);
    }

    /** Terms never fall along a log: behind a committed entry of term 3 there is none of term 1. */
    @Test
    void anEarlierEntryOfALaterTermRefusesAllThatFollowsItInOlderTerms() {
        add(1, 7, 10);
        add(1, 8, 11);
        add(3, 7, 12);
        applied(3, 6);
        assertEquals(List.of("10 " + REFUSED, "11 " + REFUSED), replies);
        assertEquals(1, writes.size());
    }

    @Test
    void anEntryOfAnOlderTermLeavesLaterProposalsOpen() {
        add(3, 9, 10);
        applied(1, 7);
        applied(2, 8);
        assertEquals(List.of(), replies);
        applied(3, 9);
        assertEquals(List.of("10 " + ANSWERED), replies);
    }

    /**
     * {@code reply-by-index}: the index comes back, the term does not, and the client of the first
     * must not be told of it.
     */
    @Test
    void reElectedAtTheSameIndexTheOldProposalIsNotTakenForTheNewOne() {
        add(1, 7, 10);
        add(3, 7, 11);
        applied(3, 7);
        assertEquals(List.of("10 " + REFUSED, "11 " + ANSWERED), replies);
    }

    @Test
    void anEntryWithoutACommandDecidesOlderTermsToo() {
        add(1, 7, 10);
        writes.applied(new EntryId(2, 7), N2);
        assertEquals(List.of("10 " + REFUSED), replies);
    }

    @Test
    void aProposalPassedOverIsAMistake() {
        add(1, 7, 10);
        assertThrows(InvariantViolation.class, () -> applied(1, 8));
    }

    @Test
    void aProposalWhoseTimeIsUpIsUnknown() {
        add(1, 7, 10);
        add(1, 8, 11);
        assertEquals(110, writes.firstDeadline());
        writes.expire(110);
        assertEquals(List.of("10 " + new Reply.Unknown("not committed in time")), replies);
        applied(1, 7);
        assertEquals(1, replies.size());
        applied(1, 8);
        assertEquals("11 " + ANSWERED, replies.getLast());
    }

    @Test
    void theRingGrowsWithoutLosingTheOrder() {
        List<String> expected = new ArrayList<>();
        long added = 0;
        long taken = 0;
        for (int round = 1; round < 60; round++) {
            for (int i = 0; i < round; i++) {
                added++;
                add(1, added, added);
            }
            for (int i = 0; i < round - 1; i++) {
                taken++;
                applied(1, taken);
                expected.add(taken + " " + ANSWERED);
            }
        }
        assertEquals(expected, replies);
        assertEquals(added - taken, writes.size());
    }
}
