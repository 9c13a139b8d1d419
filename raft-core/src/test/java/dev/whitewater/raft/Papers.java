package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;

import dev.whitewater.raft.Cluster.Machine;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.VoteRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The words in which the paper tests speak: disks, logs and messages in a line each. */
final class Papers {

    private Papers() {}

    /** A cluster in which every timeout is a campaign, as in the paper. */
    static Cluster plain(int members) {
        return Cluster.withoutGuards(members, RaftRules.HONEST);
    }

    static EntryId id(long term, long index) {
        return new EntryId(term, index);
    }

    static Entry entry(long term, long index) {
        return Entry.command(
                id(term, index), (term + "/" + index).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Member {@code id} starts from a disk with this term and a log of these terms. */
    static Raft recovered(Cluster cluster, long id, long term, long... logTerms) {
        Machine machine = cluster.machine(id);
        machine.durableLog.clear();
        for (long each : logTerms) {
            machine.durableLog.add(entry(each, machine.durableLog.size() + 1L));
        }
        machine.durableState = new HardState(term, n(0), 0);
        machine.restart();
        return machine.raft;
    }

    static AppendRequest append(
            long from, long to, long term, EntryId previous, long commit, Entry... entries) {
        return new AppendRequest(n(from), n(to), term, previous, List.of(entries), commit);
    }

    static VoteRequest campaign(long from, long to, long term, EntryId last) {
        return new VoteRequest(n(from), n(to), term, last);
    }

    /** Member {@code id}'s election timer runs out and its writes are done. */
    static Raft timeout(Cluster cluster, long id) {
        Raft raft = cluster.raft(id);
        raft.advance(raft.ticksToDeadline());
        cluster.machine(id).work();
        return raft;
    }

    /** What member {@code id} says to a message, once its writes are done. */
    static List<Message> answers(Cluster cluster, Message message) {
        cluster.wire.clear();
        Machine machine = cluster.machines.get(message.to());
        machine.raft.step(message);
        machine.work();
        List<Message> said = new ArrayList<>(cluster.wire);
        cluster.wire.clear();
        return said;
    }

    /** The terms of the log of member {@code id}, from index 1 on. */
    static List<Long> terms(Cluster cluster, long id) {
        List<Long> terms = new ArrayList<>();
        for (long index = 1; index <= cluster.raft(id).lastIndex(); index++) {
            terms.add(cluster.raft(id).termAt(index));
        }
        return terms;
    }
}
