package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.TestCluster;

import org.junit.jupiter.api.Test;

class NodeTest {

    private final TestCluster cluster = new TestCluster(3, 64 * 1024);

    @Test
    void threeMembersElectWriteAndRead() {
        cluster.startAll();
        TestCluster.Member leader = cluster.electLeader();
        long id = leader.view().raft().self().value();
        long write = cluster.put(id, "k", "v1");
        cluster.settle();
        assertInstanceOf(Reply.Answered.class, cluster.reply(write));
        long read = cluster.get(id, "k", Consistency.LINEARIZABLE);
        cluster.settle();
        assertEquals("v1", cluster.value(read));
    }
}
