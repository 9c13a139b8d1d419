package dev.whitewater.sim.monitor;

/**
 * M9, order: compacted ≤ applied ≤ commit ≤ last; and in the life of a process commit and applied
 * never fall.
 */
final class IndexOrder {

    void after(MemberState member) {
        long compacted = member.raft().compactedIndex();
        if (compacted > member.applied
                || member.applied > member.commit
                || member.commit > member.last) {
            throw finding(
                    member
                            + " has compacted "
                            + compacted
                            + ", applied "
                            + member.applied
                            + ", commit "
                            + member.commit
                            + ", last "
                            + member.last
                            + ", which must be in this order");
        }
        if (member.commit < member.commitBefore) {
            throw finding(
                    member
                            + " moved its commit index back from "
                            + member.commitBefore
                            + " to "
                            + member.commit);
        }
        if (member.applied < member.appliedBefore) {
            throw finding(
                    member
                            + " moved its applied index back from "
                            + member.appliedBefore
                            + " to "
                            + member.applied);
        }
    }

    private static Finding finding(String message) {
        return new Finding("M9", "index order", message);
    }
}
