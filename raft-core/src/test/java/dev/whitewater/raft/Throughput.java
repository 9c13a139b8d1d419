package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries per CPU-second: three members in memory and one thread, 128-byte entries, propose, hand
 * over, deliver until idle, log compacted now and then. CPU time is that of the whole process,
 * garbage collection and compilation included.
 *
 * <p>Arguments: the seconds of each measurement (default 3), then batch sizes (default 1 16 128).
 */
final class Throughput {

    private static final int ENTRY_BYTES = 128;
    private static final int COMPACT_EVERY = 10_000;

    private final Raft[] members = new Raft[3];
    private final List<ArrayDeque<Message>> inboxes = new ArrayList<>();
    private long entries;
    private long compacted;

    private Throughput() {
        List<NodeId> voters = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
        for (NodeId id : voters) {
            RaftConfig config =
                    new RaftConfig(
                            id,
                            voters,
                            10,
                            1,
                            RaftConfig.Limits.DEFAULT,
                            RaftConfig.Guards.DEFAULT);
            members[(int) id.value() - 1] =
                    new Raft(config, Recovered.NOTHING, (_, _) -> 0, RaftRules.HONEST);
            inboxes.add(new ArrayDeque<>());
        }
        members[0].advance(10);
        settle();
        Check.that(members[0].role() == RoleKind.LEADER, "bench-leader", "no leader");
    }

    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int[] batches = {1, 16, 128};
        if (arguments.length > 1) {
            batches = new int[arguments.length - 1];
            for (int i = 0; i < batches.length; i++) {
                batches[i] = Integer.parseInt(arguments[i + 1]);
            }
        }
        for (int batch : batches) {
            Throughput bench = new Throughput();
            bench.run(batch, seconds * 1_000_000_000L);
            System.out.println(
                    "batch " + batch + ": " + bench.run(batch, seconds * 1_000_000_000L));
        }
    }

    private String run(int batch, long nanos) {
        long first = entries;
        long bytes = allocated();
        long begin = cpu();
        long end = begin;
        while (end - begin < nanos) {
            for (int i = 0; i < 1000; i++) {
                propose(batch);
                settle();
            }
            end = cpu();
        }
        long done = entries - first;
        return done * 1_000_000_000L / (end - begin)
                + " entries/CPU-s, "
                + (allocated() - bytes) / done
                + " bytes allocated per entry";
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private void propose(int batch) {
        if (batch == 1) {
            members[0].propose(new byte[ENTRY_BYTES]);
        } else {
            List<byte[]> commands = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                commands.add(new byte[ENTRY_BYTES]);
            }
            members[0].propose(commands);
        }
        entries += batch;
        if (entries - compacted >= COMPACT_EVERY) {
            compacted = entries;
            for (Raft member : members) {
                member.snapshotStored(member.describeSnapshot(member.applied()));
                member.compact(member.applied());
            }
        }
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (int i = 0; i < 3; i++) {
                busy |= drain(i);
            }
        }
    }

    private boolean drain(int i) {
        Raft member = members[i];
        ArrayDeque<Message> inbox = inboxes.get(i);
        boolean any = false;
        for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
            member.step(message);
            any = true;
        }
        while (member.hasReady()) {
            Ready ready = member.ready();
            for (Message message : ready.messages()) {
                inboxes.get((int) message.to().value() - 1).add(message);
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
}
