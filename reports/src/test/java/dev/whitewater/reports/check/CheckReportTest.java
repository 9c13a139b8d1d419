package dev.whitewater.reports.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Order;
import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.util.List;

class CheckReportTest {
    private static final History HISTORY =
            HistoryReader.parse(
                    """
                    {:process 0, :type :invoke, :f :write, :value "<b onclick=x>"}
                    {:process 0, :type :ok, :f :write, :value "<b onclick=x>"}
                    {:process 1, :type :invoke, :f :read, :value nil}
                    {:process 2, :type :invoke, :f :write, :value 2}
                    {:process 1, :type :ok, :f :read, :value nil}
                    """);

    private static String page(Judged judged) {
        return CheckReport.render("a.edn", HISTORY, judged, 0.002);
    }

    @Test
    void proofIsToldAndDrawnWithWhatWasUnderWay() {
        Judged.Proof proof =
                new Judged.Proof(
                        "stale-read",
                        "It read nothing after a write.",
                        List.of(HISTORY.operation(0), HISTORY.operation(1)));
        Judged judged = Judged.invalid("register", "zones", List.of(proof)).upTo(List.of(0), 1);
        String page = page(judged);
        assertTrue(page.contains("have happened: stale-read"), page);
        assertTrue(page.contains("It read nothing after a write."), page);
        assertTrue(page.contains("<g class=\"stuck guilty\">"), page);
        assertTrue(page.contains("<g class=\"guilty placed\">"), page);
        assertTrue(page.contains("<g class=\"open\">"), page);
        assertTrue(page.contains("class=\"order-number\">1</text>"), page);
    }

    @Test
    void hostileValuesStayText() {
        Judged.Proof proof = new Judged.Proof("r", "s", List.of(HISTORY.operation(0)));
        String page = page(Judged.invalid("register", "jit", List.of(proof)));
        assertFalse(page.contains("<b onclick"), page);
        assertTrue(page.contains("&lt;b onclick=x&gt;"), page);
    }

    @Test
    void validHistoryShowsItsOrderAndUnknownSaysWhy() {
        String valid =
                page(Judged.valid("register", "jit", List.of(new Order(Value.NIL, List.of(1, 0)))));
        assertTrue(valid.contains("Every answer can be explained"), valid);
        assertTrue(valid.contains("class=\"order-number\">2</text>"), valid);
        String unknown = page(Judged.unknown("register", "none", "the time is over"));
        assertTrue(unknown.contains("The time is over. That is never a pass."), unknown);
    }

    @Test
    void answerThatRepeatsTheQuestionIsLeftOut() {
        assertEquals("write(\"<b onclick=x>\")", HistoryPicture.words(HISTORY.operation(0)));
        assertEquals("read() → nil", HistoryPicture.words(HISTORY.operation(1)));
    }
}
