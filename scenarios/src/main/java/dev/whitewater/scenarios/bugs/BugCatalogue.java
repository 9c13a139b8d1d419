package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.scenarios.bugs.Bug.Layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The known bugs, in the order of a member's work: election, replication, commit, reads, disk. */
public final class BugCatalogue {

    private static final List<Bug> FIRST =
            List.of(
                    new Bug(
                            "vote-not-persisted",
                            "A vote leaves before it is on the disk",
                            Layer.ELECTION,
                            "A member answers a request for its vote, or asks for votes itself,"
                                    + " before the new term and its vote are durable. If it crashes"
                                    + " in between it comes back without the memory of that vote"
                                    + " and can give a second one in the same term: two leaders,"
                                    + " each with a majority behind it.",
                            "thesis §3.8; sofa-jraft#1245 (2026); hashicorp/raft 901ac15 (2013);"
                                    + " DEMi raft-62; ongardie/raft.tla#5",
                            List.of("M2", "M3", "M11", "M1"),
                            new VoteNotPersisted()),
                    new Bug(
                            "ae-truncate-always",
                            "A follower cuts its log after every append",
                            Layer.REPLICATION,
                            "A follower removes whatever it holds behind an accepted request, not"
                                + " only what conflicts with it. An old request that the network"
                                + " delivers late is shorter than the log by then; following it"
                                + " removes entries that the follower has already acknowledged and"
                                + " the leader has committed.",
                            "thesis figure 3.1, AppendEntries step 3; Students' Guide to Raft;"
                                    + " akka-raft#66; zhebrak/raftos#26; openraft 9540c904;"
                                    + " CCF#5991, #6016",
                            List.of("M10", "M7", "M6"),
                            new TruncateAlways()),
                    new Bug(
                            "commit-prior-term",
                            "Old entries are committed by counting copies",
                            Layer.COMMIT,
                            "A leader takes an entry of an earlier term for committed as soon as a"
                                + " majority holds it. A member without it may still win a later"
                                + " election, its log ending in a newer term, and overwrite it"
                                + " everywhere: an answered write is gone. Only an entry of the"
                                + " leader's own term on top makes the old ones safe.",
                            "thesis §3.6.2, figure 3.7 (figure 8 of the paper); logcabin#44;"
                                    + " PySyncObj#169; async-raft#106",
                            List.of("M7", "M6", "M8"),
                            new CommitPriorTerm()),
                    new Bug(
                            "read-no-confirm",
                            "A leader answers reads without asking anybody",
                            Layer.READS,
                            "A leader answers from its own state without a round to a majority. Cut"
                                    + " off from the others it still believes to lead, while a new"
                                    + " leader takes writes elsewhere; whoever reads from the old"
                                    + " one reads the past.",
                            "thesis §6.4; Xraft-KV#1; Jepsen on etcd and Consul (2014); xline#870",
                            List.of("M13", "M17", "M19"),
                            new ReadNoConfirm()),
                    new Bug(
                            "ack-before-fsync",
                            "An entry is acknowledged before it is on the disk",
                            Layer.PERSISTENCE,
                            "A member counts entries as stored that its disk may still lose. When"
                                    + " members that said yes crash, a write that was answered is"
                                    + " on no majority any more, and the next leader may not know"
                                    + " it.",
                            "thesis §3.8, §10.2.1; KAFKA-10533; KAFKA-17332; etcd#14143",
                            List.of("M11", "M7", "M20"),
                            new AckBeforeFsync()));

    private static final List<Bug> BUGS = inOrder();

    private BugCatalogue() {}

    private static List<Bug> inOrder() {
        List<Bug> all = new ArrayList<>(FIRST);
        all.addAll(ElectionBugs.all());
        all.addAll(ReplicationBugs.all());
        all.addAll(MembershipBugs.all());
        all.sort(Comparator.comparing(Bug::layer));
        return List.copyOf(all);
    }

    public static List<Bug> all() {
        return BUGS;
    }

    public static List<String> ids() {
        return BUGS.stream().map(Bug::id).toList();
    }

    /** The bug of a known id. */
    public static Bug byId(String id) {
        return BUGS.stream()
                .filter(bug -> bug.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no bug has the id " + id));
    }

    /** The core's rules with these known bugs planted. */
    public static RaftRules rules(List<String> ids) {
        return switch (ids.size()) {
            case 0 -> RaftRules.HONEST;
            case 1 -> byId(ids.getFirst()).planted();
            default -> new PlantedTogether(ids.stream().map(id -> byId(id).planted()).toList());
        };
    }
}
