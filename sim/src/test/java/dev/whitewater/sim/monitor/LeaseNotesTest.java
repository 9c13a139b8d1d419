package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.whitewater.raft.RoleKind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leader n1 notes every second; its election timeout is half a second. */
class LeaseNotesTest extends MonitorFixture {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long LEASE = 7;

    private final LeaseNotes notes = new LeaseNotes(clock, 1, SECOND, SECOND / 2);

    @BeforeEach
    void leads() {
        raft.append(4);
        raft.applied = 1;
        open(RoleKind.LEADER, 4);
    }

    /** The leader works for so long, an entry every so often; who asks is told {@code noted}. */
    private void works(long nanos, long every, long left, long noted) {
        for (long since = 0; since < nanos; since += every) {
            clock.reading += every;
            long worked = notes.worked(member);
            if (worked > 0) {
                notes.look(member, worked, LEASE, left - since, noted);
            }
        }
    }

    @Test
    void aLeaseThatIsNeverNotedFires() {
        assertFires("M31", () -> works(8 * SECOND, 50 * MILLI, 8 * SECOND, 8 * SECOND));
    }

    @Test
    void whatIsNotedInTimeIsRight() {
        assertDoesNotThrow(() -> works(8 * SECOND, 50 * MILLI, 8 * SECOND, 3 * SECOND));
    }

    @Test
    void whoCommitsLittleMayNotGetANoteThrough() {
        assertDoesNotThrow(() -> works(8 * SECOND, SECOND, 8 * SECOND, 8 * SECOND));
    }

    @Test
    void whoAppliesEntriesOfEarlierTermsIsNotJudged() {
        open(RoleKind.LEADER, 5);
        assertDoesNotThrow(() -> works(8 * SECOND, 50 * MILLI, 8 * SECOND, 8 * SECOND));
    }

    @Test
    void anotherLeaderHasTimeOfItsOwn() {
        assertDoesNotThrow(() -> works(6 * SECOND, 50 * MILLI, 8 * SECOND, 8 * SECOND));
        raft.append(5);
        raft.applied = 2;
        open(RoleKind.LEADER, 5);
        assertDoesNotThrow(() -> works(6 * SECOND, 50 * MILLI, 8 * SECOND, 8 * SECOND));
    }

    @Test
    void whereNothingIsNotedNobodyIsLate() {
        LeaseNotes none = new LeaseNotes(clock, 1, 0, SECOND / 2);
        clock.reading += 10 * SECOND;
        assertDoesNotThrow(() -> none.worked(member));
    }
}
