package dev.whitewater.sim.monitor;

/**
 * M21, revisions: in the life of a process a member's revision and its compaction revision never
 * fall, and the latter is never ahead. That a revision means the same everywhere and after every
 * restart is M14's and M15's.
 */
final class Revisions {

    private final long[] revisions;
    private final long[] compactions;

    Revisions(int members) {
        revisions = new long[members + 1];
        compactions = new long[members + 1];
    }

    void recovered(MemberState member) {
        revisions[member.number()] = member.store().revision();
        compactions[member.number()] = member.store().compactRevision();
    }

    void after(MemberState member) {
        int number = member.number();
        long revision = member.store().revision();
        long compacted = member.store().compactRevision();
        if (revision < revisions[number] || compacted < compactions[number]) {
            throw finding(
                    member
                            + " went back from revision "
                            + revisions[number]
                            + ", compacted "
                            + compactions[number]
                            + ", to "
                            + revision
                            + " and "
                            + compacted);
        }
        if (compacted > revision) {
            throw finding(
                    member + " has compacted " + compacted + " at revision " + revision + " only");
        }
        revisions[number] = revision;
        compactions[number] = compacted;
    }

    private static Finding finding(String message) {
        return new Finding("M21", "revisions", message);
    }
}
