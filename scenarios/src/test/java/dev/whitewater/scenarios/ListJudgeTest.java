package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.sim.Counters;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.Verdict;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.trace.Trace;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Elle, at the end of a run, says what is wrong with lists and nothing of those that are right. */
class ListJudgeTest {

    private final List<ClientOperation> history = new ArrayList<>();

    private static Detail append(long element) {
        return new Detail.Items(
                List.of(
                        new Detail.Text("append"),
                        new Detail.Text("e0"),
                        new Detail.Whole(element)));
    }

    private static Detail sees(Detail... elements) {
        Detail found =
                elements.length == 0 ? new Detail.Absent() : new Detail.Items(List.of(elements));
        return new Detail.Items(List.of(new Detail.Text("r"), new Detail.Text("e0"), found));
    }

    private void operation(int client, Outcome outcome, Detail... steps) {
        long event = 2L * history.size() + 1;
        history.add(
                new ClientOperation(
                        client,
                        event,
                        outcome == Outcome.UNKNOWN ? ClientOperation.OPEN : event + 1,
                        Kind.TXN,
                        "",
                        "",
                        "",
                        outcome,
                        "",
                        0,
                        false,
                        1,
                        event,
                        event + 1,
                        new Detail.Fields(
                                List.of(
                                        new Detail.Field(
                                                "transaction", new Detail.Items(List.of(steps))))),
                        Detail.Fields.NONE));
    }

    private Judgement judged() {
        Counters counters =
                new Counters(
                        0,
                        new Counters.Operations(0, 0, 0),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new Counters.Messages(0, 0, 0, 0, 0));
        return ListJudge.judge(
                new RunResult(
                        new Verdict.Passed(),
                        1,
                        1,
                        1,
                        history,
                        List.of(),
                        new Trace(false, List.of()),
                        List.of(),
                        counters));
    }

    @Test
    void listsThatFitOneOrderPass() {
        operation(1, Outcome.OK, append(1), sees(new Detail.Whole(1)));
        operation(1, Outcome.UNKNOWN, append(2));
        operation(1, Outcome.REFUSED, append(3));
        operation(1, Outcome.OK, sees(new Detail.Whole(1), new Detail.Whole(2)));
        assertTrue(judged().isPassed(), judged().message());
    }

    @Test
    void anAppendThatIsLostIsFound() {
        operation(1, Outcome.OK, append(1));
        operation(2, Outcome.OK, append(2));
        operation(1, Outcome.OK, sees(new Detail.Whole(2)));
        Judgement judgement = judged();
        assertEquals(Judgement.Kind.SAFETY_VIOLATED, judgement.kind());
        assertTrue(judgement.monitorName().contains("Elle"), judgement.monitorName());
        assertTrue(judgement.message().contains("e0"), judgement.message());
    }

    @Test
    void anElementThatWasWrittenTwiceProvesNothing() {
        operation(1, Outcome.OK, append(1));
        operation(2, Outcome.OK, append(1));
        assertEquals(Judgement.Kind.UNKNOWN, judged().kind());
    }
}
