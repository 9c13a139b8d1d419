package dev.whitewater.reports;

import dev.whitewater.reports.run.Change;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.Question;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes believable runs without a simulator: three members, an election, a partition, a crash of
 * the leader, clients. A script, not Raft: the report must not care where values come from.
 */
final class Fixture extends ClusterScript {

    static RecordedRun hostile(String hostile) {
        return HostileRun.of(violated(), hostile);
    }

    static RecordedRun passed() {
        Fixture fixture = new Fixture();
        fixture.play(true);
        return fixture.finish(fixture.passedVerdict(), fixture.question());
    }

    static RecordedRun violated() {
        Fixture fixture = new Fixture();
        fixture.play(false);
        return fixture.finish(fixture.violatedVerdict(), fixture.question());
    }

    /** A minute of traffic with a fault and an election every two seconds: about 100 000 events. */
    static RecordedRun minute() {
        Fixture fixture = new Fixture();
        fixture.playMinute();
        RecordedRun run = fixture.finish(fixture.passedVerdict(), fixture.question());
        return new RecordedRun(
                run.verdict(),
                run.question(),
                run.story(),
                run.teaches(),
                run.plan(),
                3,
                60_000 * MS,
                run.eventCount(),
                run.faults(),
                run.operations(),
                run.events());
    }

    private void playMinute() {
        for (int n = 1; n <= 3; n++) {
            add(0, Event.Kind.START, n, "process starts over an empty disk", role("follower", 0));
        }
        for (int round = 0; round < 30; round++) {
            long from = 2_000 * MS * round;
            int who = round % 3 + 1;
            List<Integer> others = new ArrayList<>(List.of(1, 2, 3));
            others.remove(Integer.valueOf(who));
            elect(from + 150 * MS, who, round + 1L, others);
            traffic(from + 200 * MS, from + 1_900 * MS, MS / 2);
            fault(
                    "f" + round,
                    round % 2 == 0 ? "lossy-links" : "isolate",
                    "n" + who,
                    List.of(who),
                    from + 1_200 * MS,
                    900 * MS);
        }
    }

    private void play(boolean honest) {
        for (int n = 1; n <= 3; n++) {
            add(0, Event.Kind.START, n, "process starts over an empty disk", role("follower", 0));
        }
        elect(183 * MS, 1, 1, List.of(2, 3));
        traffic(240 * MS, 1_480 * MS, 38 * MS);
        fault("f1", "partition", "{n1} | {n2, n3}", List.of(1, 2, 3), 1_500 * MS, 900 * MS);
        orphan(1_530 * MS);
        elect(1_830 * MS, 2, 2, List.of(3));
        traffic(1_900 * MS, 2_380 * MS, 41 * MS);
        rejoin(2_420 * MS);
        traffic(2_460 * MS, 3_310 * MS, 37 * MS);
        if (honest) {
            crash("f2", 2, 3_400 * MS, 800 * MS, 0);
        } else {
            ackBeforeDisk(3_330 * MS);
            crash("f2", 2, 3_342 * MS, 800 * MS, 1);
        }
        elect(3_702 * MS, 3, 3, List.of(1));
        if (!honest) {
            stale(3_760 * MS);
        }
        traffic(3_800 * MS, 4_900 * MS, 43 * MS);
    }

    /** The old leader, alone: a write that can't commit and heartbeats into the void. */
    private void orphan(long nanos) {
        long call = add(nanos, Event.Kind.CLIENT, 0, "c2 calls put", Change.NONE);
        add(nanos + MS, Event.Kind.CLIENT, 1, "put arrives", log(last[1] + 1, last[1]));
        for (int to = 2; to <= 3; to++) {
            lost(nanos + 2 * MS, 1, to, "AppendRequest t1 prev " + last[1] + " +1", "f1");
            lost(nanos + 60 * MS, 1, to, "HeartbeatRequest t1", "f1");
        }
        add(nanos + 6 * MS, Event.Kind.DISK, 1, "log synced", log(Change.SAME, last[1] + 1));
        add(
                nanos + 260 * MS,
                Event.Kind.TIMER,
                1,
                "no quorum heard for an election timeout",
                follow(1, 1, 0),
                "steps down: a leader without a quorum can't commit");
        operations.add(
                new Operation(
                        operations.size() + 1L,
                        2,
                        nanos,
                        Operation.OPEN,
                        "put",
                        "k1",
                        "lost",
                        "",
                        Operation.Outcome.UNKNOWN,
                        "timeout",
                        Event.NONE,
                        false,
                        1,
                        call,
                        Event.NONE));
        operations.add(
                new Operation(
                        operations.size() + 1L,
                        3,
                        nanos + 330 * MS,
                        nanos + 334 * MS,
                        "cas",
                        "k2",
                        "x",
                        "y",
                        Operation.Outcome.REFUSED,
                        "no leader",
                        Event.NONE,
                        false,
                        1,
                        call,
                        Event.NONE));
    }

    private void rejoin(long nanos) {
        last[1] = last[2];
        durable[1] = last[2];
        send(nanos, 2, 1, "AppendRequest t2 prev " + commit[1] + " +9", follow(2, 0, 2));
        add(
                nanos + 7 * MS,
                Event.Kind.NOTE,
                1,
                "removes what conflicts",
                log(commit[1], commit[1]));
        add(nanos + 8 * MS, Event.Kind.NOTE, 1, "appends", log(last[2], Change.SAME));
        add(nanos + 12 * MS, Event.Kind.DISK, 1, "log synced", log(Change.SAME, last[2]));
        commit[1] = commit[2];
    }

    private void crash(String id, int who, long nanos, long lasting, long lose) {
        faults.add(new FaultSpan(id, "crash", "n" + who, List.of(who), nanos, nanos + lasting));
        add(
                nanos,
                Event.Kind.CRASH,
                who,
                0,
                Event.NONE,
                "process dies",
                Change.NONE,
                id,
                "",
                List.of());
        long s = Change.SAME;
        long kept = last[who] - lose;
        add(
                nanos + lasting,
                Event.Kind.START,
                who,
                0,
                Event.NONE,
                "process starts over its disk",
                new Change("follower", s, s, 0, 0, 0, kept, term, kept),
                id,
                "",
                List.of());
    }

    /**
     * The bug: the leader answers and counts itself before its disk, and one follower's, had it.
     */
    private void ackBeforeDisk(long nanos) {
        long call = add(nanos, Event.Kind.CLIENT, 0, "c1 calls put", Change.NONE);
        last[2]++;
        add(nanos + MS, Event.Kind.CLIENT, 2, "put arrives", log(last[2], Change.SAME));
        add(
                nanos + 2 * MS,
                Event.Kind.NOTE,
                2,
                "acknowledged before the disk had it",
                committed(last[2]),
                "counts itself and an acknowledgement that no disk stands behind");
        lost(nanos + 2 * MS, 2, 1, "AppendRequest t2 prev " + (last[2] - 1) + " +1", "");
        lost(nanos + 2 * MS, 2, 3, "AppendRequest t2 prev " + (last[2] - 1) + " +1", "");
        long answer = add(nanos + 5 * MS, Event.Kind.CLIENT, 0, "c1 has its answer", Change.NONE);
        revision++;
        operations.add(
                new Operation(
                        operations.size() + 1L,
                        1,
                        nanos,
                        nanos + 5 * MS,
                        "put",
                        "k0",
                        "v77",
                        "",
                        Operation.Outcome.OK,
                        "",
                        revision,
                        false,
                        2,
                        call,
                        answer));
        revision--;
    }

    private void stale(long nanos) {
        long call = add(nanos, Event.Kind.CLIENT, 0, "c3 calls get", Change.NONE);
        add(nanos + 2 * MS, Event.Kind.CLIENT, 3, "get arrives", Change.NONE);
        long answer = add(nanos + 9 * MS, Event.Kind.CLIENT, 0, "c3 has its answer", Change.NONE);
        operations.add(
                new Operation(
                        operations.size() + 1L,
                        3,
                        nanos,
                        nanos + 9 * MS,
                        "get",
                        "k0",
                        "",
                        "",
                        Operation.Outcome.OK,
                        "v12",
                        revision,
                        false,
                        3,
                        call,
                        answer));
        add(
                nanos + 9 * MS + 1,
                Event.Kind.MONITOR,
                3,
                "M19: a read went behind an acknowledged revision",
                Change.NONE);
    }

    private Verdict passedVerdict() {
        return new Verdict(
                Verdict.Outcome.PASSED,
                origin(List.of(), ""),
                "",
                "",
                "",
                Event.NONE,
                Verdict.Evidence.NONE,
                0);
    }

    private Verdict violatedVerdict() {
        Operation read = find("get", "v12");
        Operation write = find("put", "");
        String text =
                "put(k0, v77) by c1 was answered with revision "
                        + write.revision()
                        + " at 3.335 s. get(k0) by c3 was called later, at 3.760 s, and answered"
                        + " with revision "
                        + read.revision()
                        + ". Revisions never go down, so no order of these two respects both.";
        return new Verdict(
                Verdict.Outcome.VIOLATED,
                origin(List.of("ack-before-fsync"), " --bug ack-before-fsync"),
                "M17",
                "strict serializability",
                "no order of the operations on key k0 explains all answers",
                Event.NONE,
                new Verdict.Evidence(List.of(write.id(), read.id()), text),
                2);
    }

    private Operation find(String kind, String result) {
        return operations.stream()
                .filter(op -> op.kind().equals(kind) && op.result().equals(result))
                .filter(op -> op.key().equals("k0") && op.invokeNanos() > 3_320 * MS)
                .findFirst()
                .orElseThrow();
    }

    private static Verdict.Origin origin(List<String> bugs, String flags) {
        return new Verdict.Origin(
                "fixture",
                "17",
                bugs,
                "",
                "whitewater",
                "5f3a9c0d11e2b774",
                "./whitewater run fixture --seed 17" + flags);
    }

    private Question question() {
        Event stands =
                events.stream()
                        .filter(e -> e.kind() == Event.Kind.TIMER && e.change().term() == 3)
                        .findFirst()
                        .orElseThrow();
        Event wins =
                events.stream()
                        .filter(e -> e.node() == 3 && e.change().role().equals("leader"))
                        .findFirst()
                        .orElseThrow();
        return new Question(
                stands.id(),
                "The leader n2 is gone. Who can win term 3, and why?",
                "n3 wins with the votes of n1 and itself: both have the same log, and two of three"
                        + " are a majority.",
                List.of(stands.id(), wins.id()));
    }

    private RecordedRun finish(Verdict verdict, Question question) {
        return InOrder.of(new InOrder.Recording(events, operations, faults), verdict, question);
    }
}
