package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.Rule;
import dev.whitewater.scenarios.bugs.Bug.Layer;

import java.util.List;

/** What is sent, counted and committed. */
final class ReplicationBugs {

    private static final List<Bug> ALL =
            List.of(
                    new Bug(
                            "hb-ack-unchecked",
                            "Empty appends are accepted unseen",
                            Layer.REPLICATION,
                            "A follower confirms an empty append without comparing what precedes"
                                + " it; the leader takes its log for equal and commits what it does"
                                + " not hold.",
                            "thesis figure 3.1; Students' Guide to Raft, \"the importance of "
                                    + "details\"",
                            List.of("M7", "M8", "M10", "M11"),
                            new Without(Rule.EMPTY_APPENDS_ARE_COMPARED)),
                    new Bug(
                            "ack-old-term",
                            "Acknowledgements of an earlier term count",
                            Layer.REPLICATION,
                            "A member leads again and takes an answer to an append of its earlier"
                                + " leadership for news. The follower may have replaced that entry "
                                + "meanwhile.",
                            "thesis §3.3; Students' Guide to Raft, \"term confusion\"; openraft "
                                    + "cecb5de8 (2026)",
                            List.of("M10"),
                            new Without(Rule.ACKNOWLEDGEMENTS_COUNT_IN_THEIR_TERM)),
                    new Bug(
                            "match-from-live-log",
                            "What was sent counts as acknowledged",
                            Layer.REPLICATION,
                            "An acknowledgement of anything raises the match to all that was sent "
                                    + "by then, lost or not.",
                            "thesis §3.5; Students' Guide to Raft",
                            List.of("M10", "M7"),
                            new Without(Rule.MATCH_IS_WHAT_WAS_NAMED)),
                    new Bug(
                            "nack-as-match",
                            "A refusal's hint is taken for a match",
                            Layer.REPLICATION,
                            "A follower refuses and says where the logs may agree at most; the "
                                    + "leader takes it that they do agree there.",
                            "thesis §3.5; CCF#5674, #5991; CCF in NSDI 2025",
                            List.of("M10", "M7", "M8"),
                            new Without(Rule.REFUSAL_IS_NO_MATCH)),
                    new Bug(
                            "probe-stuck",
                            "A lost append is never repeated",
                            Layer.REPLICATION,
                            "The leader waits for an answer that was lost. Without new writes the "
                                    + "follower stays behind for ever.",
                            "thesis §3.5; etcd-io/raft 49bac48",
                            List.of("M37", "M36", "M38"),
                            new Without(Rule.LOST_APPENDS_ARE_REPEATED)),
                    new Bug(
                            "self-ack-before-fsync",
                            "The leader counts what it has not synced",
                            Layer.COMMIT,
                            "The leader's own copy counts before it is on its disk; if the leader "
                                    + "crashes, an answered write may be on a minority only.",
                            "thesis §10.2.1; KAFKA-10533; etcd#14370 (one voter)",
                            List.of("M7", "M11"),
                            new Without(Rule.OWN_COPY_COUNTS_WHEN_DURABLE)),
                    new Bug(
                            "commit-counts-learners",
                            "Learners commit",
                            Layer.COMMIT,
                            "A majority of all members commits, learners included. The voters alone"
                                    + " may elect a leader that never saw the entry.",
                            "thesis §4.2.1; MicroRaft c768342 (the same of reads)",
                            List.of("M7"),
                            new Without(Rule.ONLY_VOTERS_COMMIT)),
                    new Bug(
                            "joint-one-quorum",
                            "A joint configuration commits with one half",
                            Layer.COMMIT,
                            "During a change only the new voters are asked. The old ones may elect "
                                    + "a leader without what was committed.",
                            "thesis §4.3; openraft 6c0ccaf3, beb0302b",
                            List.of("M7", "M12"),
                            new Without(Rule.BOTH_HALVES_COMMIT)),
                    new Bug(
                            "noop-off-by-one",
                            "The entry before the leader's first is committed by counting",
                            Layer.COMMIT,
                            "Off by one: the last entry of the predecessor counts as the leader's "
                                    + "own, and is committed before anything of its term is.",
                            "thesis §3.6.2; KAFKA-12619",
                            List.of("M7", "M6"),
                            new Without(Rule.PREDECESSORS_LAST_IS_NOT_COUNTED)),
                    new Bug(
                            "commit-stops-at-old-term",
                            "Entries of earlier terms hold up the commit",
                            Layer.COMMIT,
                            "A leader does not commit an entry of its own while one of an earlier "
                                    + "term stands before it: it never commits anything.",
                            "thesis §3.6.2; raftos#30; camunda#8324",
                            List.of("M36", "M37"),
                            new Without(Rule.OWN_ENTRY_COMMITS_EARLIER_ONES)),
                    new Bug(
                            "inflight-size-leak",
                            "Committed bytes are not given back",
                            Layer.COMMIT,
                            "What is committed still counts as uncommitted; some time the limit is "
                                    + "reached and the leader refuses everything.",
                            "etcd-io/raft a370b6f; cockroach#31618; a limit that the thesis does "
                                    + "not have",
                            List.of("M38", "M36"),
                            new Without(Rule.COMMITTED_BYTES_ARE_GIVEN_BACK)));

    private ReplicationBugs() {}

    static List<Bug> all() {
        return ALL;
    }
}
