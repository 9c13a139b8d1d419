package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Put;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Leases end by the leader's clock and by nothing else. */
class LeaseTest {

    private static final long SECOND = 1_000_000_000 / TestCluster.TICK;
    private static final Bytes KEY = Bytes.utf8("k");

    private final TestCluster cluster = new TestCluster(3, 1 << 16);

    private long leadWithLease(long seconds) {
        cluster.startAll();
        long leader = cluster.electLeader().view().raft().self().value();
        cluster.write(leader, new LeaseRequest.Grant(5, seconds));
        cluster.write(leader, Put.of(KEY, Bytes.utf8("v")).withLease(5));
        cluster.settle();
        cluster.pass(3);
        return leader;
    }

    private static long other(long member) {
        return member % 3 + 1;
    }

    private String value(long member) {
        long get = cluster.get(member, "k", Consistency.SERIALIZABLE);
        return cluster.value(get);
    }

    private Reply.LeaseTold ask(long member, ClientRequest request) {
        long asked = cluster.request(member, request);
        cluster.settle();
        cluster.pass(2);
        return assertInstanceOf(Reply.LeaseTold.class, cluster.reply(asked));
    }

    @Test
    void leaseEndsWhenItsTimeIsOverAndItsKeysGoEverywhere() {
        long leader = leadWithLease(2);
        cluster.pass(SECOND);
        assertEquals("v", value(leader));
        cluster.pass(SECOND + 5);
        assertEquals("", value(leader));
        assertEquals("", value(other(leader)));
        assertTrue(cluster.member(leader).view().store().leaseIds().isEmpty());
    }

    @Test
    void renewalThroughAFollowerKeepsALeaseAlive() {
        long leader = leadWithLease(2);
        for (int i = 0; i < 5; i++) {
            cluster.pass(SECOND);
            assertEquals(
                    new Reply.LeaseTold(5, 2, 2, List.of()),
                    ask(other(leader), new ClientRequest.RenewLease(5)));
        }
        assertEquals("v", value(leader));
    }

    @Test
    void anyMemberTellsWhatTheLeaderKnowsOfALease() {
        long leader = leadWithLease(10);
        cluster.pass(SECOND);
        for (long member : List.of(leader, other(leader))) {
            assertEquals(
                    new Reply.LeaseTold(5, 8, 10, List.of(KEY)),
                    ask(member, new ClientRequest.AskLease(5, true)));
            assertEquals(
                    Reply.LeaseTold.none(6), ask(member, new ClientRequest.AskLease(6, false)));
            long list = cluster.request(member, new ClientRequest.ListLeases());
            assertEquals(new Reply.LeasesListed(List.of(5L)), cluster.reply(list));
        }
    }

    @Test
    void nextLeaderGivesALeaseAllItsTimeAgain() {
        long leader = leadWithLease(3);
        cluster.pass(2 * SECOND);
        cluster.crash(leader);
        long next = cluster.electLeader().view().raft().self().value();
        cluster.pass(2 * SECOND);
        assertEquals("v", value(next));
        cluster.pass(2 * SECOND);
        assertEquals("", value(next));
    }

    @Test
    void renewalNeverRevivesALeaseThatIsOnItsWayOut() {
        long leader = leadWithLease(1);
        cluster.isolate(other(leader));
        cluster.isolate(other(other(leader)));
        cluster.pass(SECOND + 2);
        // Its end is in the log and can't be committed; the leader soon knows that it leads nobody.
        long renewed = cluster.request(leader, new ClientRequest.RenewLease(5));
        cluster.settle();
        assertFalse(cluster.isAnswered(renewed));
        cluster.heal();
        cluster.pass(3 * SECOND);
        assertEquals("", value(leader));
    }
}
