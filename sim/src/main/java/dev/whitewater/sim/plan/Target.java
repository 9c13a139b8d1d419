package dev.whitewater.sim.plan;

/** Whom a fault hits. Resolved when the fault fires; never empty then. */
public sealed interface Target {

    /** The member with this number, counted from 1. */
    record Member(int number) implements Target {
        public Member {
            PlanCheck.inRange("member", number, 1, ClusterPlan.MEMBERS_MAX);
        }
    }

    /**
     * The leader of the highest term among running members; a member drawn by the fault's id while
     * there is none.
     */
    record TheLeader() implements Target {}

    /** {@link TheLeader} and so many others, drawn by the fault's id. */
    record TheLeaderAnd(int others) implements Target {
        public TheLeaderAnd {
            PlanCheck.inRange("others", others, 1, ClusterPlan.MEMBERS_MAX);
        }
    }

    /** The {@code nth} of the members that {@link TheLeader} does not name, counted from 1. */
    record AFollower(int nth) implements Target {
        public AFollower {
            PlanCheck.inRange("nth", nth, 1, ClusterPlan.MEMBERS_MAX);
        }
    }

    record Everyone() implements Target {}

    /** The smallest number of members that is more than half, drawn by the fault's id. */
    record AMajority() implements Target {}

    /**
     * The greatest number of members that is less than half, drawn by the fault's id; one member in
     * clusters of one or two.
     */
    record AMinority() implements Target {}
}
