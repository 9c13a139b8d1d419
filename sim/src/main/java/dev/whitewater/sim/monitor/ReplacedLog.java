package dev.whitewater.sim.monitor;

import dev.whitewater.node.AppliedView;

/**
 * M4, log matching, at its root: a log that a snapshot replaced ends where the snapshot does. It
 * was replaced because it did not hold what the snapshot stands for, so what it held behind that is
 * another history (thesis §5.3, figure 5.3).
 */
final class ReplacedLog {

    /** The member has handled an event, in which it applied this. */
    void after(MemberState member, AppliedView applied) {
        long restored = applied.restoredIndex();
        if (restored > 0 && member.last > restored) {
            throw new Finding(
                    "M4",
                    "log matching",
                    member
                            + " took in a snapshot of "
                            + restored
                            + " that its log did not lead to, and keeps "
                            + (restored + 1)
                            + ".."
                            + member.last);
        }
    }
}
