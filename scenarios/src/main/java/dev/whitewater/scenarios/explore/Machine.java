package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Check;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.Persist;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Ready;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteResponse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One member with its disk: the real core, driven by hand. Messages leave as soon as the core lets
 * them; writes wait until they are synced; a crash loses those that wait.
 */
final class Machine {

    private final NodeId id;
    private final Raft raft;
    private final ArrayDeque<Ready> writing = new ArrayDeque<>();
    private final List<Entry> log;
    private final List<Message> sent = new ArrayList<>();
    private HardState hardState;
    private long applied;

    /** What a crash leaves. */
    record Disk(HardState hardState, List<Entry> log, long applied) {
        static final Disk EMPTY = new Disk(HardState.INITIAL, List.of(), 0);
    }

    Machine(int place, List<NodeId> voters, Disk disk, RaftRules rules) {
        this.id = voters.get(place);
        this.hardState = disk.hardState();
        this.log = new ArrayList<>(disk.log());
        this.applied = disk.applied();
        RaftConfig config =
                new RaftConfig(
                        id,
                        voters,
                        10,
                        1,
                        new RaftConfig.Limits(1 << 20, 1, 1 << 20),
                        new RaftConfig.Guards(false, false));
        Recovered recovered = new Recovered(hardState, disk.log(), applied);
        this.raft = new Raft(config, recovered, (_, _) -> 0, rules);
        collect();
    }

    Raft raft() {
        return raft;
    }

    List<Entry> log() {
        return log;
    }

    HardState hardState() {
        return hardState;
    }

    Disk disk() {
        return new Disk(hardState, List.copyOf(log), applied);
    }

    boolean isWriting() {
        return !writing.isEmpty();
    }

    /** The numbers of the Readys that are on their way to the disk. */
    List<Long> writingNumbers() {
        return writing.stream().map(Ready::number).toList();
    }

    /** What was sent since the last time this was asked. */
    List<Message> takeSent() {
        List<Message> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void deliver(Message message) {
        raft.step(message);
        collect();
    }

    void timeout() {
        raft.advance(raft.ticksToDeadline());
        collect();
    }

    void propose() {
        raft.propose(new byte[0]);
        collect();
    }

    void sync() {
        Ready ready = writing.removeFirst();
        Persist persist = ready.persist();
        hardState = persist.hardState();
        for (Entry entry : persist.entries()) {
            while (log.size() >= entry.index()) {
                log.removeLast();
            }
            log.add(entry);
        }
        raft.persisted(ready.number());
        collect();
    }

    private void collect() {
        while (raft.hasReady()) {
            Ready ready = raft.ready();
            if (!ready.persist().isEmpty()) {
                writing.addLast(ready);
            }
            for (Message message : ready.messages()) {
                promised(message);
                sent.add(message);
            }
            if (!ready.committed().isEmpty()) {
                applied = ready.committed().getLast().index();
                raft.applied(applied);
            }
        }
    }

    /** M3, M11: what a message says is on disk. */
    private void promised(Message message) {
        Check.atMost("M3-term-durable", message.term(), hardState.term());
        switch (message) {
            case AppendResponse it when it.accepted() ->
                    Check.atMost("M11-ack-durable", it.index(), log.size());
            case VoteResponse it when it.granted() ->
                    Check.that(
                            hardState.votedFor().equals(it.to()),
                            "M11-vote-durable",
                            id + " gave its vote to " + it.to());
            default -> {}
        }
    }
}
