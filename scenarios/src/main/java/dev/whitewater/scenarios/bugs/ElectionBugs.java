package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.Rule;
import dev.whitewater.scenarios.bugs.Bug.Layer;

import java.util.List;

/** Who may lead, and for how long. */
final class ElectionBugs {

    private static final List<Bug> ALL =
            List.of(
                    new Bug(
                            "vote-stale-term-accepted",
                            "Votes for an earlier term are counted",
                            Layer.ELECTION,
                            "A candidate that tries again in a higher term counts late votes for"
                                + " the term before. Those voters are free to elect somebody else"
                                + " in the new term: two leaders.",
                            "thesis §3.4; xraft#33 (SandTable); akka-raft#46 (DEMi raft-46)",
                            List.of("M13", "M1"),
                            new Without(Rule.VOTES_COUNT_IN_THEIR_TERM)),
                    new Bug(
                            "vote-reset-same-term",
                            "Stepping down forgets the vote of this very term",
                            Layer.ELECTION,
                            "Whoever becomes a follower forgets whom it voted for although the term"
                                + " is the same, and votes again in it when another candidate asks"
                                + " late.",
                            "thesis figure 3.1; akka-raft#56; camunda#5356; redpanda#19; CCF#8094 "
                                    + "(2026)",
                            List.of("M2", "M11", "M1"),
                            new Without(Rule.VOTE_STAYS_IN_ITS_TERM)),
                    new Bug(
                            "vote-no-uptodate-check",
                            "Any log may lead",
                            Layer.ELECTION,
                            "A voter does not compare logs. A member that was away wins and "
                                    + "overwrites what was committed meanwhile.",
                            "thesis §3.6.1; akka-raft#30, #51; Students' Guide to Raft",
                            List.of("M6", "M8"),
                            new Without(Rule.VOTER_COMPARES_LOGS)),
                    new Bug(
                            "learner-refuses-vote",
                            "Who thinks it is a learner refuses its vote",
                            Layer.ELECTION,
                            "A learner was promoted and does not know it yet. If the votes of the"
                                + " others do not suffice it must vote, or nobody ever leads again"
                                + " and it never learns.",
                            "thesis §4.2.2; etcd-io/raft abb533c; raft-rs#58",
                            List.of("M35"),
                            new Without(Rule.LEARNER_VOTES_WHEN_ASKED)),
                    new Bug(
                            "no-stickiness",
                            "A live leader is left for any candidate",
                            Layer.ELECTION,
                            "A member that was cut off comes back with a higher term and deposes a "
                                    + "leader that everybody else hears, again and again.",
                            "thesis §4.2.3; Howard and Abraham, 2020, example 1",
                            List.of("M35"),
                            new Without(Rule.LOYAL_TO_LIVE_LEADER)),
                    new Bug(
                            "no-checkquorum",
                            "A leader that nobody answers goes on",
                            Layer.ELECTION,
                            "A leader that can send and not receive, or reaches a minority only,"
                                    + " never steps down; those that still hear it refuse to elect"
                                    + " another.",
                            "thesis §6.2; Howard and Abraham, 2020, example 2; KAFKA-15489",
                            List.of("M35", "M36"),
                            new Without(Rule.LEADER_HEARS_A_QUORUM)),
                    new Bug(
                            "checkquorum-counts-learners",
                            "Learners keep a leader in office",
                            Layer.ELECTION,
                            "A leader counts whoever answers. Cut off from all other voters "
                                    + "together with some learners it never steps down.",
                            "thesis §4.2.1, §6.2; etcd-io/raft 77ae04b (the same of reads)",
                            List.of("M35", "M36"),
                            new Without(Rule.ONLY_VOTERS_KEEP_A_LEADER)),
                    new Bug(
                            "prevote-lower-term-ignored",
                            "Pre-votes of lower terms are dropped",
                            Layer.ELECTION,
                            "A member that fell behind asks for pre-votes and is not answered, and"
                                + " so never learns the present term: it can neither win nor let"
                                + " others win with its vote.",
                            "thesis §9.6; etcd#8243; openraft#1796 (2026)",
                            List.of("M35"),
                            new Without(Rule.PRE_VOTES_CROSS_TERMS)));

    private ElectionBugs() {}

    static List<Bug> all() {
        return ALL;
    }
}
