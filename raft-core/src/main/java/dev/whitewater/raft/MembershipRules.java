package dev.whitewater.raft;

import dev.whitewater.raft.membership.Changed;
import dev.whitewater.raft.membership.ConfigurationArithmetic;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;

import java.util.List;

/**
 * How a leader changes the configuration (thesis §4). Three conditions guard every change:
 *
 * <ul>
 *   <li>the one before is committed, so that at most one is in doubt (§4.1);
 *   <li>this leader has committed an entry of its own term. Without that two leaders could each
 *       change a configuration by one voter, from the same one, to two whose majorities do not
 *       intersect (Ongaro's correction to §4.1, raft-dev 2015);
 *   <li>the configuration is not joint, except for leaving it.
 * </ul>
 */
final class MembershipRules {

    private final Member member;
    private final CommitRule commitRule;

    MembershipRules(Member member, CommitRule commitRule) {
        this.member = member;
        this.commitRule = commitRule;
    }

    ChangeResult change(List<MemberChange> changes, ChangeMode mode) {
        if (!(member.role() instanceof Leader leader)) {
            return refused(ChangeResult.Reason.NOT_LEADER, "not the leader");
        }
        if (member.membership().active().isJoint()) {
            return refused(ChangeResult.Reason.CHANGE_PENDING, "the configuration is joint");
        }
        return propose(
                leader,
                ConfigurationArithmetic.change(member.membership().active(), changes, mode));
    }

    ChangeResult leaveJoint() {
        if (!(member.role() instanceof Leader leader)) {
            return refused(ChangeResult.Reason.NOT_LEADER, "not the leader");
        }
        return propose(leader, ConfigurationArithmetic.leaveJoint(member.membership().active()));
    }

    private ChangeResult propose(Leader leader, Changed changed) {
        if (leader.transfer().isPending()) {
            return refused(
                    ChangeResult.Reason.TRANSFER_IN_PROGRESS,
                    "handing over to " + leader.transfer().to());
        }
        if (!commitRule.hasCommittedInTerm(leader)
                && member.rules().keeps(Rule.CHANGES_WAIT_FOR_OWN_COMMIT)) {
            return refused(
                    ChangeResult.Reason.TERM_NOT_COMMITTED,
                    "nothing of term " + member.term() + " is committed yet");
        }
        if (member.membership().activeSince() > member.commit()
                && member.rules().keeps(Rule.ONE_CHANGE_AT_A_TIME)) {
            return refused(
                    ChangeResult.Reason.CHANGE_PENDING,
                    "the change at " + member.membership().activeSince() + " is not committed");
        }
        return switch (changed) {
            case Changed.Impossible it -> refused(ChangeResult.Reason.IMPOSSIBLE, it.why());
            case Changed.To it -> append(leader, it.configuration());
        };
    }

    private ChangeResult refused(ChangeResult.Reason reason, String detail) {
        return new ChangeResult.Refused(reason, detail, member.role().leader());
    }

    private ChangeResult append(Leader leader, Configuration configuration) {
        EntryId id = new EntryId(member.term(), member.log().last() + 1);
        byte[] data = configuration.encode();
        leader.uncommitted().add(data.length);
        member.append(new Entry(id, EntryKind.CONFIGURATION, data));
        leader.follow(configuration.members(), id.index());
        leader.somethingIsDue();
        if (member.explains()) {
            member.because("configuration at " + id + ": " + configuration);
        }
        return new ChangeResult.Accepted(id, configuration);
    }

    /**
     * A joint configuration that leaves by itself does so when it is committed, not earlier: a
     * leader that merely found it in its log may yet lose it. A leader that is no voter any more
     * leads until the configuration without it is committed (thesis §4.2.2).
     *
     * @return whether this leader is to step down
     */
    boolean afterCommit(Leader leader) {
        Configuration active = member.membership().active();
        boolean leavesEarly =
                !member.rules().keeps(Rule.JOINT_IS_LEFT_WHEN_COMMITTED)
                        && active.autoLeave()
                        && member.membership().activeSince() < leader.firstIndex();
        boolean inDoubt =
                member.membership().activeSince() > member.commit()
                        || !commitRule.hasCommittedInTerm(leader);
        if (inDoubt && !leavesEarly) {
            return false;
        }
        if (active.autoLeave()) {
            if (ConfigurationArithmetic.leaveJoint(active) instanceof Changed.To to) {
                append(leader, to.configuration());
            }
            return false;
        }
        return !active.isVoter(member.self())
                && member.rules().keeps(Rule.REMOVED_LEADER_STEPS_DOWN);
    }
}
