package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.membership.Changed;
import dev.whitewater.raft.membership.ConfigurationArithmetic;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.quorum.Quorum;
import dev.whitewater.raft.quorum.VoteResult;
import dev.whitewater.raft.quorum.VoteTally;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The fast arithmetic of quorums and configurations is that of the definitions. */
final class ArithmeticTest {

    private static List<NodeId> chosen(int bits) {
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            if ((bits >> i & 1) == 1) {
                ids.add(new NodeId(i + 1));
            }
        }
        return ids;
    }

    private static boolean majorityOf(List<NodeId> voters, List<NodeId> agreeing) {
        long agree = voters.stream().filter(agreeing::contains).count();
        return voters.isEmpty() || 2 * agree > voters.size();
    }

    @Property
    void reachedIsTheGreatestNumberThatBothMajoritiesReached(
            @ForAll @IntRange(min = 1, max = 127) int incoming,
            @ForAll @IntRange(min = 0, max = 127) int outgoing,
            @ForAll long seed) {
        Dice dice = new Dice(seed);
        TreeMap<NodeId, Long> reached = new TreeMap<>();
        chosen(127).forEach(id -> reached.put(id, (long) dice.below(5)));
        long fast = new Quorum(chosen(incoming), chosen(outgoing)).reached(reached::get);
        long naive = -1;
        for (long number = 0; number < 5; number++) {
            List<NodeId> agreeing = new ArrayList<>();
            for (NodeId id : reached.keySet()) {
                if (reached.get(id) >= number) {
                    agreeing.add(id);
                }
            }
            if (majorityOf(chosen(incoming), agreeing) && majorityOf(chosen(outgoing), agreeing)) {
                naive = number;
            }
        }
        assertEquals(naive, fast);
    }

    @Property
    void anElectionIsWonOrLostExactlyWhenTheMissingAnswersCannotChangeIt(
            @ForAll @IntRange(min = 1, max = 127) int incoming,
            @ForAll @IntRange(min = 0, max = 127) int outgoing,
            @ForAll @IntRange(min = 0, max = 127) int answered,
            @ForAll @IntRange(min = 0, max = 127) int granted) {
        VoteTally tally = new VoteTally();
        chosen(answered).forEach(id -> tally.record(id, chosen(granted).contains(id)));
        List<NodeId> sure = chosen(answered & granted);
        List<NodeId> possible = chosen(127 & ~(answered & ~granted));
        boolean won = majorityOf(chosen(incoming), sure) && majorityOf(chosen(outgoing), sure);
        boolean open =
                majorityOf(chosen(incoming), possible) && majorityOf(chosen(outgoing), possible);
        VoteResult expected = won ? VoteResult.WON : open ? VoteResult.PENDING : VoteResult.LOST;
        assertEquals(expected, new Quorum(chosen(incoming), chosen(outgoing)).result(tally));
    }

    @Test
    void theFirstAnswerOfAVoterStands() {
        VoteTally tally = new VoteTally();
        tally.record(new NodeId(1), false);
        tally.record(new NodeId(1), true);
        assertEquals(VoteResult.LOST, new Quorum(chosen(1), List.of()).result(tally));
    }

    @Property
    void anyTwoConsecutiveConfigurationsHaveIntersectingQuorums(
            @ForAll @IntRange(min = 1, max = 31) int voters, @ForAll long seed) {
        Dice dice = new Dice(seed);
        Configuration now = Configuration.of(chosen(voters));
        for (int step = 0; step < 6; step++) {
            Changed changed =
                    now.isJoint()
                            ? ConfigurationArithmetic.leaveJoint(now)
                            : ConfigurationArithmetic.change(now, wishes(dice), mode(dice));
            if (changed instanceof Changed.To to) {
                assertQuorumsIntersect(now, to.configuration());
                now = to.configuration();
                assertEquals(now, Configuration.decode(now.encode()));
            }
        }
    }

    private static List<MemberChange> wishes(Dice dice) {
        List<MemberChange> wishes = new ArrayList<>();
        for (int i = dice.below(3); i >= 0; i--) {
            MemberChange.Kind[] kinds = MemberChange.Kind.values();
            wishes.add(
                    new MemberChange(
                            kinds[dice.below(kinds.length)], new NodeId(1 + dice.below(5))));
        }
        return wishes;
    }

    private static ChangeMode mode(Dice dice) {
        ChangeMode[] modes = ChangeMode.values();
        return modes[dice.below(modes.length)];
    }

    /** No set of members decides in one while the rest decide in the other. */
    private static void assertQuorumsIntersect(Configuration one, Configuration other) {
        for (int bits = 0; bits < 128; bits++) {
            boolean both = decides(one, chosen(bits)) && decides(other, chosen(127 & ~bits));
            assertFalse(both, one + " and " + other + " split by " + chosen(bits));
        }
    }

    private static boolean decides(Configuration configuration, List<NodeId> agreeing) {
        return majorityOf(configuration.voters(), agreeing)
                && majorityOf(configuration.outgoing(), agreeing);
    }

    @Property
    void bytesThatAreNoConfigurationAreRefusedOrMeanOne(@ForAll byte[] bytes) {
        try {
            assertTrue(Arrays.equals(bytes, Configuration.decode(bytes).encode()));
        } catch (IllegalArgumentException refused) {
            assertTrue(
                    refused.getMessage().startsWith("configuration: ")
                            || refused.getMessage().startsWith("node id"));
        }
    }

    @Test
    void nobodyIsVoterAndLearnerAtOnce() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Configuration(chosen(3), List.of(), chosen(1), List.of(), false));
    }
}
