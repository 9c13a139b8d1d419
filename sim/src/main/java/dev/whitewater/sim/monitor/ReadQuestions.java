package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.ReadIndexRequest;

import java.util.TreeMap;

/**
 * M19, read floor, at its root: a member never asks for a read index twice under one name, not even
 * after a restart. A late answer to the first asking would fit the second, and be older than what
 * was written in between (etcd issue 20418).
 */
final class ReadQuestions {

    private final TreeMap<NodeId, Long> last = new TreeMap<>();

    void sent(MemberState sender, Message message) {
        if (!(message instanceof ReadIndexRequest request)) {
            return;
        }
        Long before = last.put(sender.id(), request.context());
        if (before != null && request.context() <= before) {
            throw new Finding(
                    "M19",
                    "read floor",
                    sender
                            + " asks for a read index as "
                            + Long.toHexString(request.context())
                            + ", a name that it may have used before "
                            + Long.toHexString(before));
        }
    }
}
