package dev.whitewater.raft.membership;

import dev.whitewater.raft.ChangeMode;
import dev.whitewater.raft.MemberChange;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** From one configuration to the next (thesis §4.1, §4.3). Knows nothing of logs or leaders. */
public final class ConfigurationArithmetic {

    private ConfigurationArithmetic() {}

    /** The first configuration on the way from {@code current} to what {@code changes} wish. */
    public static Changed change(
            Configuration current, List<MemberChange> changes, ChangeMode mode) {
        if (current.isJoint()) {
            return new Changed.Impossible("the configuration is joint");
        }
        TreeSet<NodeId> voters = new TreeSet<>(current.voters());
        TreeSet<NodeId> learners = new TreeSet<>(current.learners());
        for (MemberChange change : changes) {
            apply(change, voters, learners);
        }
        if (voters.isEmpty()) {
            return new Changed.Impossible("no voter would be left");
        }
        if (voters.equals(new TreeSet<>(current.voters()))
                && learners.equals(new TreeSet<>(current.learners()))) {
            return new Changed.Impossible("nothing would change");
        }
        boolean simple = voterDifference(current.voters(), voters) <= 1;
        if (mode == ChangeMode.AUTOMATIC && simple) {
            return new Changed.To(
                    new Configuration(
                            List.copyOf(voters),
                            List.of(),
                            List.copyOf(learners),
                            List.of(),
                            false));
        }
        return new Changed.To(joint(current, voters, learners, mode != ChangeMode.JOINT_EXPLICIT));
    }

    private static void apply(
            MemberChange change, TreeSet<NodeId> voters, TreeSet<NodeId> learners) {
        voters.remove(change.member());
        learners.remove(change.member());
        switch (change.kind()) {
            case ADD_VOTER -> voters.add(change.member());
            case ADD_LEARNER -> learners.add(change.member());
            case REMOVE -> {}
        }
    }

    /** One voter more or less keeps any two majorities intersecting (thesis §4.1). */
    private static int voterDifference(List<NodeId> before, TreeSet<NodeId> after) {
        TreeSet<NodeId> gone = new TreeSet<>(before);
        gone.removeAll(after);
        TreeSet<NodeId> come = new TreeSet<>(after);
        before.forEach(come::remove);
        return gone.size() + come.size();
    }

    /** A voter that becomes a learner still votes in the outgoing half: it waits its turn. */
    private static Configuration joint(
            Configuration current,
            TreeSet<NodeId> voters,
            TreeSet<NodeId> learners,
            boolean autoLeave) {
        List<NodeId> now = new ArrayList<>();
        List<NodeId> next = new ArrayList<>();
        for (NodeId learner : learners) {
            (current.voters().contains(learner) ? next : now).add(learner);
        }
        return new Configuration(List.copyOf(voters), current.voters(), now, next, autoLeave);
    }

    /** The configuration after the joint one. */
    public static Changed leaveJoint(Configuration current) {
        if (!current.isJoint()) {
            return new Changed.Impossible("the configuration is not joint");
        }
        TreeSet<NodeId> learners = new TreeSet<>(current.learners());
        learners.addAll(current.learnersNext());
        return new Changed.To(
                new Configuration(
                        current.voters(), List.of(), List.copyOf(learners), List.of(), false));
    }
}
