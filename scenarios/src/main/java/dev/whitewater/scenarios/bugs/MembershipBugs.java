package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.Rule;
import dev.whitewater.scenarios.bugs.Bug.Layer;

import java.util.List;

/** Reads, membership and snapshots. */
final class MembershipBugs {

    private static final List<Bug> ALL =
            List.of(
                    new Bug(
                            "read-no-noop",
                            "A new leader answers from what it knew",
                            Layer.READS,
                            "A leader names its commit index before it has committed anything in"
                                    + " its term. Its predecessor may have committed and answered"
                                    + " more.",
                            "thesis §6.4; etcd#7331; RedisRaft#18, #19; tikv#9208",
                            List.of("M19", "M17"),
                            new Without(Rule.READS_WAIT_FOR_OWN_COMMIT)),
                    new Bug(
                            "read-counts-nonvoters",
                            "Learners confirm that a leader leads",
                            Layer.READS,
                            "A leader counts answers of learners when it asks whether it still "
                                    + "leads. Cut off with them it answers reads from the past.",
                            "thesis §4.2.1, §6.4; MicroRaft c768342; etcd-io/raft 77ae04b; openraft"
                                    + " d60f1e85",
                            List.of("M13", "M19", "M17"),
                            new Without(Rule.ONLY_VOTERS_CONFIRM_READS)),
                    new Bug(
                            "conf-no-term-commit",
                            "A change before the leader has committed anything",
                            Layer.MEMBERSHIP,
                            "Two leaders change the same configuration by one voter each, and the "
                                    + "results have majorities that do not meet.",
                            "thesis §4.1 and its correction (raft-dev, 2015); jgroups-raft#38; "
                                    + "hydro#3192 (2026)",
                            List.of("M12", "M1"),
                            new Without(Rule.CHANGES_WAIT_FOR_OWN_COMMIT)),
                    new Bug(
                            "conf-two-pending",
                            "A second change before the first is committed",
                            Layer.MEMBERSHIP,
                            "Two changes at once are a change by two voters: majorities before and "
                                    + "after need not meet.",
                            "thesis §4.1; etcd-io/raft 7975987, 477ebd8",
                            List.of("M12", "M1"),
                            new Without(Rule.ONE_CHANGE_AT_A_TIME)),
                    new Bug(
                            "conf-not-rolled-back",
                            "A configuration outlives its entry",
                            Layer.MEMBERSHIP,
                            "A change that was never committed is cut off the log and stays in "
                                    + "force.",
                            "thesis §4.1; openraft 01e813a5 (2026), 447dc11c",
                            List.of("M12"),
                            new Without(Rule.CONFIGURATION_GOES_WITH_ITS_ENTRY)),
                    new Bug(
                            "nonvoter-campaigns",
                            "Who has no vote campaigns",
                            Layer.MEMBERSHIP,
                            "Learners and removed members stand for election and depose leaders.",
                            "thesis §4.2.1; async-raft; openraft 39690593; KAFKA-17067",
                            List.of("M13", "M35"),
                            new Without(Rule.ONLY_VOTERS_CAMPAIGN)),
                    new Bug(
                            "timeoutnow-nonmember",
                            "Leadership is handed to who has no vote any more",
                            Layer.MEMBERSHIP,
                            "A leader asked a voter to take over; the word arrives when that member"
                                    + " is a learner, and it campaigns all the same.",
                            "thesis §3.10, §4.2.1; etcd-io/raft 816fc51; openraft#1805",
                            List.of("M13"),
                            new Without(Rule.ONLY_VOTERS_TAKE_OVER)),
                    new Bug(
                            "leader-removes-self-stuck",
                            "A removed leader goes on",
                            Layer.MEMBERSHIP,
                            "A leader that committed its own removal does not step down.",
                            "thesis §4.2.2; etcd-io/raft 72d62a1; openraft 0023cff1",
                            List.of("M13", "M36"),
                            new Without(Rule.REMOVED_LEADER_STEPS_DOWN)),
                    new Bug(
                            "joint-recovered-early",
                            "An inherited joint configuration is left before it is committed",
                            Layer.MEMBERSHIP,
                            "A new leader finds a joint configuration in its log and leaves it at "
                                    + "once: the joint entry is committed by the new half alone.",
                            "thesis §4.3; camunda#60086 (2026)",
                            List.of("M12", "M7"),
                            new Without(Rule.JOINT_IS_LEFT_WHEN_COMMITTED)),
                    new Bug(
                            "joint-lost-in-snapshot",
                            "A snapshot carries the new half only",
                            Layer.SNAPSHOT,
                            "A member that is restored while the configuration is joint does not "
                                    + "know of the outgoing half.",
                            "thesis §5.1, §4.3; etcd-io/raft e515a67, a424e5b; raft-rs#416",
                            List.of("M12", "M14"),
                            new Without(Rule.SNAPSHOT_CARRIES_BOTH_HALVES)),
                    new Bug(
                            "snap-term-regress",
                            "A snapshot sets the term of who takes it in",
                            Layer.SNAPSHOT,
                            "The term of the snapshot's last entry becomes the member's own, which "
                                    + "may be higher: it votes a second time.",
                            "thesis §5.1, figure 3.1; willemt/raft#118 (SandTable WRaft#4)",
                            List.of("M3", "M1", "M11"),
                            new Without(Rule.SNAPSHOT_LEAVES_THE_TERM)),
                    new Bug(
                            "snap-holds-unchecked",
                            "A snapshot is taken for held by its index",
                            Layer.SNAPSHOT,
                            "A member whose log reaches the snapshot's end takes it for held"
                                    + " without comparing the term, and commits what may be another"
                                    + " history.",
                            "thesis §5.3; willemt/raft#118 (SandTable WRaft#2)",
                            List.of("M8", "M14", "M7"),
                            new Without(Rule.SNAPSHOT_IS_COMPARED_BY_TERM)),
                    new Bug(
                            "snapshot-state-stuck",
                            "The wait for a snapshot never ends",
                            Layer.SNAPSHOT,
                            "A follower took the snapshot in and the word of it was lost, or never "
                                    + "got it: the leader waits and sends nothing else.",
                            "thesis §5.3; RATIS-2350; openraft#1828 (a related silence)",
                            List.of("M38", "M37"),
                            new Without(Rule.SNAPSHOT_WAIT_ENDS)));

    private MembershipBugs() {}

    static List<Bug> all() {
        return ALL;
    }
}
