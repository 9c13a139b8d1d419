package dev.whitewater.sim.monitor;

import dev.whitewater.node.AppliedView;

/**
 * M14, replica determinism: after the same index every member's replicated state is the same, and
 * it is the state that the committed log leads to when it is applied once, in order, by nobody who
 * ever crashed. M15, recovery equivalence: so it is right after a restart, and nothing durable is
 * missing.
 */
final class ReplicaDeterminism {

    private final ReferenceModel model;

    ReplicaDeterminism(ReferenceModel model) {
        this.model = model;
    }

    /**
     * The member has applied entries, after a snapshot perhaps; each leaves a hash that the
     * committed log must lead to.
     */
    void after(MemberState member, AppliedView applied) {
        if (member.applied == member.appliedBefore) {
            return;
        }
        long from = Math.max(member.appliedBefore, applied.restoredIndex());
        if (applied.restoredIndex() > 0) {
            model.advanceTo(from);
            if (applied.restoredHash() != model.hashAt(from)) {
                throw differs(member, from, applied.restoredHash(), "M14", "replica determinism");
            }
        }
        for (int i = 0; i < applied.size(); i++) {
            long index = applied.index(i);
            model.advanceTo(index);
            if (applied.storeHash(i) != model.hashAt(index)) {
                throw differs(member, index, applied.storeHash(i), "M14", "replica determinism");
            }
        }
        if (applied.restoredIndex() > 0) {
            model.members().restored(member, member.applied);
        }
        if (applied.size() != member.applied - from) {
            throw new Finding(
                    "M9",
                    "index order",
                    member
                            + " applied "
                            + applied.size()
                            + " entries to go from "
                            + from
                            + " to "
                            + member.applied);
        }
    }

    void recovered(MemberState member) {
        DurableLog durable = member.durable();
        long last = durable.last();
        boolean holds =
                member.last >= last
                        && (last <= member.raft().compactedIndex()
                                || member.raft().termAt(last) == durable.termAt(last));
        if (!holds) {
            throw new Finding(
                    "M15",
                    "recovery equivalence",
                    member
                            + " recovered a log that ends at "
                            + member.last
                            + ", but entry "
                            + durable.termAt(last)
                            + "/"
                            + last
                            + " was durable");
        }
        if (member.applied > 0) {
            model.advanceTo(member.applied);
            long got = member.store().hash();
            if (got != model.hashAt(member.applied)) {
                throw differs(member, member.applied, got, "M15", "recovery equivalence");
            }
            model.members().restored(member, member.applied);
        }
    }

    private Finding differs(MemberState member, long index, long got, String monitor, String name) {
        return new Finding(
                monitor,
                name,
                member
                        + " is in state "
                        + Long.toHexString(got)
                        + " after entry "
                        + index
                        + "; the committed log leads to "
                        + Long.toHexString(model.hashAt(index)));
    }
}
