package dev.whitewater.checker.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.checker.contract.Watch.Response;
import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.util.List;

final class WatchContractTest {
    private static final Change FIRST = new Change(2, "a", Value.text("x"), Value.NIL);
    private static final Change SECOND = new Change(3, "a", Value.text("y"), Value.text("x"));
    private static final Change OTHER = new Change(4, "b", Value.text("z"), Value.NIL);
    private static final Change GONE = new Change(5, "a", Value.NIL, Value.text("y"));
    private static final List<Change> TRUTH = List.of(FIRST, SECOND, OTHER, GONE);

    private static Response told(Change... changes) {
        return new Response.Changes(List.of(changes), false);
    }

    private static List<String> rules(long start, Response... responses) {
        Watch watch = Watch.of("a", start, List.of(responses));
        return WatchContract.check(TRUTH, watch, 5).stream().map(Breach::rule).distinct().toList();
    }

    @Test
    void aWatchThatTellsAllOnceAndInOrderIsRight() {
        Response progress = new Response.Progress(4);
        assertEquals(List.of(), rules(1, told(FIRST, SECOND), progress, told(GONE)));
        assertEquals(List.of(), rules(3, told(SECOND), told(GONE)));
    }

    @Test
    void anEventOutOfOrderIsM22() {
        assertEquals("M22", rules(1, told(FIRST), told(GONE), told(SECOND)).getLast());
    }

    @Test
    void anEventToldTwiceIsM23() {
        assertEquals(List.of("M23"), rules(1, told(FIRST, SECOND), told(FIRST, GONE)));
    }

    @Test
    void anEventLeftOutIsM24() {
        assertEquals(List.of("M24"), rules(1, told(FIRST), told(GONE)));
        assertEquals(List.of("M24"), rules(1, told(FIRST, SECOND)));
        assertEquals(List.of("M24"), rules(1, told(FIRST, SECOND, OTHER, GONE)));
    }

    @Test
    void aRevisionSplitOverResponsesIsM25() {
        List<Change> truth = List.of(FIRST, new Change(2, "b", Value.text("q"), Value.NIL));
        List<Response> split = List.of(told(truth.get(0)), told(truth.get(1)));
        Watch watch = new Watch("a", "c", 1, true, true, true, split);
        assertEquals("M25", WatchContract.check(truth, watch).getFirst().rule());
        List<Response> marked =
                List.of(new Response.Changes(List.of(truth.get(0)), true), told(truth.get(1)));
        Watch fragments = new Watch("a", "c", 1, true, true, true, marked);
        assertEquals(List.of(), WatchContract.check(truth, fragments));
    }

    @Test
    void aWatchThatStartsLateIsM26() {
        assertEquals(List.of("M26"), rules(1, told(SECOND, GONE)));
    }

    @Test
    void progressBeforeAnEventIsM27() {
        assertEquals(List.of("M27"), rules(1, told(FIRST), new Response.Progress(3), told(GONE)));
        Response back = new Response.Progress(1);
        assertEquals(List.of("M27"), rules(1, told(FIRST, SECOND), back, told(GONE)));
    }

    @Test
    void aWrongValueOrPredecessorIsM28() {
        Change wrong = new Change(3, "a", Value.text("n"), Value.text("x"));
        Change created = new Change(3, "a", Value.text("y"), Value.NIL);
        assertEquals(List.of("M28"), rules(1, told(FIRST, wrong, GONE)));
        assertEquals(List.of("M28"), rules(1, told(FIRST, created, GONE)));
    }

    @Test
    void compactionIsToldOnceAndOnlyWhenItMatters() {
        assertEquals(List.of(), rules(1, new Response.Compacted(4)));
        assertEquals(List.of("M29"), rules(4, new Response.Compacted(3)));
        assertEquals(List.of("M29"), rules(1, new Response.Compacted(4), told(GONE)));
        assertEquals("M29", rules(3, told(FIRST, SECOND, GONE)).getFirst());
    }
}
