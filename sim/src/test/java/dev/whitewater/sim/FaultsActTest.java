package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Fault.DiskError.Step;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.Target;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Predicate;

/** Each kind of fault does what its name says, and the honest core stands it. */
class FaultsActTest {

    private static final long MILLI = Plans.MILLI;
    private static final long AT = 3 * Plans.SECOND;
    private static final long FOR = 2 * Plans.SECOND;
    private static final Target N2 = new Target.Member(2);

    private static FaultPlan from(long at, long lasts, Fault fault) {
        return new FaultPlan("f-" + fault.kind() + at, at, lasts, fault);
    }

    private static RunResult run(RunPlan plan) {
        return Simulation.run(plan, RaftRules.HONEST, RunOptions.TRACED);
    }

    private static RunResult run(FaultPlan... faults) {
        RunResult result = run(Plans.calm(7).withFaults(List.of(faults)));
        assertInstanceOf(Verdict.Passed.class, result.verdict());
        return result;
    }

    private static RunResult run(Fault fault) {
        return run(from(AT, FOR, fault));
    }

    private static long count(RunResult result, Predicate<TraceEvent> what) {
        return result.trace().events().stream().filter(what).count();
    }

    private static Predicate<TraceEvent> at(int node, TraceKind kind, long from, long until) {
        return it ->
                it.node() == node && it.kind() == kind && it.nanos() > from && it.nanos() < until;
    }

    private static boolean notes(RunResult result, String text) {
        return count(result, it -> it.notes().stream().anyMatch(note -> note.contains(text))) > 0;
    }

    @Test
    void aFrozenClockFiresNoTimer() {
        RunResult result = run(new Fault.ClockFreeze(new Target.Everyone()));
        assertTrue(timers(result, AT - FOR, AT) > 10);
        assertEquals(0, timers(result, AT, AT + FOR));
        assertTrue(timers(result, AT + FOR, AT + 2 * FOR) > 10);
    }

    private static long timers(RunResult result, long from, long until) {
        return count(result, at(1, TraceKind.TIMER, from, until))
                + count(result, at(2, TraceKind.TIMER, from, until))
                + count(result, at(3, TraceKind.TIMER, from, until));
    }

    @Test
    void aFastClockFiresMoreTimers() {
        long usual = count(run(Plans.calm(7)), it -> it.kind() == TraceKind.TIMER);
        RunResult fast = run(new Fault.ClockDrift(new Target.Everyone(), 3_000_000));
        RunResult slow = run(new Fault.ClockDrift(new Target.Everyone(), -500_000));
        assertTrue(count(fast, it -> it.kind() == TraceKind.TIMER) > usual * 5 / 4);
        assertTrue(count(slow, it -> it.kind() == TraceKind.TIMER) < usual * 19 / 20);
    }

    @Test
    void aDiskThatFailsStopsTheMemberUntilItIsWell() {
        for (Step step : Step.values()) {
            RunResult result = run(new Fault.DiskError(N2, step, Ratio.ALWAYS));
            assertTrue(notes(result, "stopped: write"));
            assertEquals(0, count(result, at(2, TraceKind.DISK, AT + 200 * MILLI, AT + FOR)));
            assertEquals(1, count(result, at(2, TraceKind.START, AT + FOR - 1, AT + FOR + 1)));
        }
    }

    @Test
    void aFullDiskStopsTheMemberThatWrites() {
        RunResult result = run(new Fault.FullDisk(N2));
        assertTrue(notes(result, "NO_SPACE"));
    }

    @Test
    void aStalledSyncKeepsEverythingBehindItWaiting() {
        RunResult result = run(new Fault.StalledSync(N2));
        assertTrue(count(result, at(2, TraceKind.DISK, AT - FOR, AT)) > 20);
        assertTrue(count(result, at(2, TraceKind.DISK, AT + 50 * MILLI, AT + FOR)) < 3);
        assertTrue(count(result, at(2, TraceKind.DISK, AT + FOR - 1, AT + 2 * FOR)) > 20);
    }

    @Test
    void aKilledProcessFindsWhatItHadNotSynced() {
        RunResult killed = run(new Fault.Kill(N2));
        assertEquals(1, count(killed, it -> it.kind() == TraceKind.CRASH && it.node() == 2));
        assertEquals(2, count(killed, it -> it.kind() == TraceKind.START && it.node() == 2));
    }

    @Test
    void aMemberDiesAtTheNamedPointAndNowhereElse() {
        RunResult at = run(new Fault.CrashAt(N2, CrashPoint.RECORD_SUBMITTED));
        assertTrue(notes(at, "the power fails: at RECORD_SUBMITTED"));
        assertEquals(1, count(at, at(2, TraceKind.CRASH, AT, AT + FOR)));
        assertEquals(1, count(at, at(2, TraceKind.START, AT + FOR - 1, AT + FOR + 1)));
        RunResult never = run(new Fault.CrashAt(N2, CrashPoint.SNAPSHOT_RESTORED));
        assertEquals(0, count(never, it -> it.kind() == TraceKind.CRASH));
    }

    @Test
    void aRestartAsksTheProcessToStopAndStartsItAgain() {
        RunResult result = run(new Fault.Restart(N2));
        assertEquals(0, count(result, at(2, TraceKind.SEND, AT, AT + FOR)));
        assertEquals(1, count(result, at(2, TraceKind.START, AT + FOR - 1, AT + FOR + 1)));
    }

    @Test
    void framesOnACloggedLinkArriveWhenItIsFree() {
        List<Fault.Link> links = List.of(new Fault.Link(1, 2), new Fault.Link(3, 2));
        RunResult result = run(new Fault.Clog(links));
        assertEquals(0, count(result, at(2, TraceKind.DELIVER, AT + 20 * MILLI, AT + FOR)));
        assertTrue(count(result, at(2, TraceKind.DELIVER, AT + FOR, AT + FOR + 100 * MILLI)) > 20);
    }

    @Test
    void aSwizzleClogsItsMembersOneAfterTheOther() {
        RunResult result = run(new Fault.Swizzle(new Target.Everyone()));
        long middle = AT + FOR / 2;
        long sent = count(result, it -> it.kind() == TraceKind.SEND && waitsFor(it, FOR / 2));
        assertTrue(sent > 10, "only " + sent + " frames waited");
        assertEquals(
                0,
                count(
                        result,
                        it ->
                                it.kind() == TraceKind.SEND
                                        && Math.abs(it.nanos() - middle) < MILLI
                                        && it.arriveNanos() < middle));
    }

    private static boolean waitsFor(TraceEvent event, long nanos) {
        return event.arriveNanos() - event.nanos() > nanos / 4;
    }

    @Test
    void slowLinksAndReorderedLinksDelayAndTheLatterOvertake() {
        List<Fault.Link> links = List.of(new Fault.Link(1, 2), new Fault.Link(2, 1));
        RunResult slow = run(new Fault.SlowLinks(links, 400 * MILLI));
        assertTrue(count(slow, it -> waitsFor(it, 800 * MILLI)) > 0);
        RunResult other = run(new Fault.ReorderedLinks(new Ratio(1, 2), 50 * MILLI));
        assertTrue(overtakes(other) > overtakes(run(Plans.calm(7))) + 50);
    }

    private static long overtakes(RunResult result) {
        long[] latest = new long[10];
        long overtaken = 0;
        for (TraceEvent event : result.trace().events()) {
            if (event.kind() == TraceKind.DELIVER) {
                int link = event.peer() * 3 + event.node() - 4;
                overtaken += event.message() < latest[link] ? 1 : 0;
                latest[link] = Math.max(latest[link], event.message());
            }
        }
        return overtaken;
    }

    @Test
    void aMemberThatReadsRottenBytesRefusesToRunAndIsExcused() {
        RunResult result =
                run(
                        from(AT, FOR, new Fault.BitRot(N2, 20, false)),
                        from(AT + 1, FOR, new Fault.Crash(N2)));
        assertTrue(notes(result, "stopped: "));
        assertEquals(0, count(result, at(2, TraceKind.SEND, AT + FOR, Long.MAX_VALUE)));
    }

    @Test
    void aMisdirectedWriteIsFoundByTheNextProcess() {
        RunResult result =
                run(
                        from(AT, FOR, new Fault.MisdirectedWrite(N2, false)),
                        from(AT + FOR, FOR, new Fault.Crash(N2)));
        assertTrue(notes(result, "stopped: "));
    }

    @Test
    void theLastGoodCopyIsSpared() {
        RunResult result =
                run(
                        from(AT, FOR, new Fault.BitRot(new Target.Everyone(), 20, false)),
                        from(AT + 1, FOR, new Fault.Crash(new Target.Everyone())));
        long stopped = count(result, it -> it.notes().toString().contains("stopped: "));
        assertTrue(stopped > 0);
    }

    @Test
    void withoutALastCopyNothingMoreIsDemanded() {
        RunPlan plan =
                Plans.calm(7)
                        .withFaults(
                                List.of(
                                        from(
                                                AT,
                                                FOR,
                                                new Fault.BitRot(new Target.Everyone(), 20, true)),
                                        from(AT + 1, FOR, new Fault.Crash(new Target.Everyone()))));
        assertInstanceOf(Verdict.Spared.class, run(plan).verdict());
    }

    @Test
    void aWipedMemberStaysAwayUnlessThePlanSendsItBack() {
        RunResult away = run(new Fault.Wipe(N2, false));
        assertEquals(0, count(away, at(2, TraceKind.START, AT, Long.MAX_VALUE)));
        RunPlan back = Plans.calm(7).withFaults(List.of(from(AT, FOR, new Fault.Wipe(N2, true))));
        RunResult result = run(back);
        assertTrue(count(result, at(2, TraceKind.START, AT, Long.MAX_VALUE)) > 0);
        assertFalse(result.verdict() instanceof Verdict.Passed, "it forgot its votes");
    }

    @Test
    void aBlackHoleLastsWhileNoLogIsCompacted() {
        RunResult result = run(new Fault.BlackHole(N2));
        assertEquals(0, count(result, at(2, TraceKind.DELIVER, AT, AT + FOR)));
    }

    @Test
    void operatorsTakeMembersOutMakeLearnersAndHandOver() {
        RunResult removed = run(new Fault.Remove(N2));
        assertTrue(count(removed, it -> it.what().contains("[REMOVE n2]")) > 0);
        assertTrue(count(removed, it -> it.what().contains("[ADD_VOTER n2]")) > 0);
        assertEquals(0, count(removed, at(2, TraceKind.DELIVER, AT + FOR / 2, AT + FOR)));
        RunResult demoted = run(new Fault.Demote(new Target.TheLeader()));
        assertTrue(count(demoted, it -> it.what().contains("[ADD_LEARNER n")) > 0);
        assertTrue(demoted.counters().leaderChanges() > 1);
        RunResult before = run(Plans.calm(7));
        long changes = before.counters().leaderChanges();
        RunResult handed = run(new Fault.Transfer(new Target.AFollower(1)));
        assertEquals(changes + 1, handed.counters().leaderChanges());
    }

    @Test
    void aKillInAWriteComesWhileTheDiskIsWriting() {
        RunResult result = run(new Fault.KillInWrite(N2));
        assertEquals(1, count(result, at(2, TraceKind.CRASH, AT, AT + FOR)));
        assertEquals(1, count(result, at(2, TraceKind.START, AT + FOR - 1, AT + FOR + 1)));
    }

    @Test
    void aCrashInAWriteComesWhileTheDiskIsWriting() {
        RunResult result = run(new Fault.CrashInWrite(N2));
        assertEquals(1, count(result, at(2, TraceKind.CRASH, AT, AT + FOR)));
        assertEquals(1, count(result, at(2, TraceKind.START, AT + FOR - 1, AT + FOR + 1)));
    }
}
