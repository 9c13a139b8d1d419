package dev.whitewater.bench.raft;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Ready;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.disk.JdkChecksum;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Three members in memory and one thread. Writes are durable at once, messages arrive at once, each
 * as a frame of bytes if wished. The first member leads. All compact their logs every {@value
 * #COMPACT_EVERY} entries.
 */
final class ThreeMembers {

    static final int ENTRY_BYTES = 128;
    private static final int COMPACT_EVERY = 10_000;
    private static final int SIZE = 3;

    private final Raft[] members = new Raft[SIZE];
    private final List<ArrayDeque<Message>> inboxes = new ArrayList<>();
    private final List<ArrayDeque<byte[]>> frames = new ArrayList<>();
    private final FrameCodec[] codecs = new FrameCodec[SIZE];
    private final boolean asFrames;
    private long entries;
    private long compacted;

    ThreeMembers(boolean asFrames) {
        this.asFrames = asFrames;
        List<NodeId> voters = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
        for (int i = 0; i < SIZE; i++) {
            RaftConfig config =
                    new RaftConfig(
                            voters.get(i),
                            voters,
                            10,
                            1,
                            RaftConfig.Limits.DEFAULT,
                            RaftConfig.Guards.DEFAULT);
            members[i] = new Raft(config, Recovered.NOTHING, (_, _) -> 0, RaftRules.HONEST);
            inboxes.add(new ArrayDeque<>());
            frames.add(new ArrayDeque<>());
            codecs[i] = new FrameCodec(1, new JdkChecksum());
        }
        members[0].campaign();
        settle();
        Check.that(members[0].role() == RoleKind.LEADER, "bench-leader", "no leader");
    }

    /** Takes a batch in and carries on until every member has applied it. */
    long write(int batch) {
        propose(batch);
        settle();
        entries += batch;
        long applied = members[SIZE - 1].applied();
        Check.equal("bench-applied", entries + 1, applied);
        if (entries - compacted >= COMPACT_EVERY) {
            compact();
        }
        return applied;
    }

    private void propose(int batch) {
        if (batch == 1) {
            members[0].propose(new byte[ENTRY_BYTES]);
            return;
        }
        List<byte[]> commands = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            commands.add(new byte[ENTRY_BYTES]);
        }
        members[0].propose(commands);
    }

    private void compact() {
        compacted = entries;
        for (Raft member : members) {
            member.snapshotStored(member.describeSnapshot(member.applied()));
            member.compact(member.applied());
        }
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (int i = 0; i < SIZE; i++) {
                busy |= receive(i);
                busy |= work(i);
            }
        }
    }

    private boolean receive(int i) {
        return asFrames ? receiveFrames(i) : receiveMessages(i);
    }

    private boolean receiveMessages(int i) {
        ArrayDeque<Message> inbox = inboxes.get(i);
        boolean any = false;
        for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
            members[i].step(message);
            any = true;
        }
        return any;
    }

    private boolean receiveFrames(int i) {
        ArrayDeque<byte[]> inbox = frames.get(i);
        boolean any = false;
        for (byte[] frame = inbox.poll(); frame != null; frame = inbox.poll()) {
            if (codecs[i].decode(frame) instanceof Frame.Core core) {
                members[i].step(core.message());
            }
            any = true;
        }
        return any;
    }

    private boolean work(int i) {
        Raft member = members[i];
        boolean any = false;
        while (member.hasReady()) {
            Ready ready = member.ready();
            for (Message message : ready.messages()) {
                send(i, message);
            }
            if (!ready.persist().isEmpty()) {
                member.persisted(ready.number());
            }
            List<Entry> committed = ready.committed();
            if (!committed.isEmpty()) {
                member.applied(committed.getLast().index());
            }
            any = true;
        }
        return any;
    }

    private void send(int from, Message message) {
        int to = (int) message.to().value() - 1;
        if (asFrames) {
            frames.get(to).add(codecs[from].encode(message));
        } else {
            inboxes.get(to).add(message);
        }
    }
}
