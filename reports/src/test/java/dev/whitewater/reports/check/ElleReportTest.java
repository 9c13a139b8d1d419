package dev.whitewater.reports.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.HistoryReader;
import dev.whitewater.checker.elle.ListAppend;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.checker.elle.model.Anomaly;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class ElleReportTest {
    private static final String READ_SKEW =
            """
            {:type :ok, :process 0, :value [[:append :x 1] [:append :y 1]]}
            {:type :ok, :process 1, :value [[:r :x []] [:r :y [1]]]}
            {:type :ok, :process 2, :value [[:r :x [1]]]}
            """;

    private static String page(String edn) {
        byte[] bytes = edn.getBytes(StandardCharsets.UTF_8);
        TransactionHistory history = HistoryReader.edn(ByteSource.of(bytes), Workload.LIST_APPEND);
        ElleReport.Subject subject =
                new ElleReport.Subject("a.edn", List.of("strict-serializable"), 0.001);
        return ElleReport.render(
                subject, history, ListAppend.check(history, ElleOptions.defaults()));
    }

    @Test
    void pageHoldsVerdictModelsAndTheCircle() {
        String page = page(READ_SKEW);
        assertTrue(page.contains("Not strict-serializable"), page);
        assertTrue(page.contains("<li>consistent-view</li>"), page);
        assertTrue(page.contains("G-single-item <span class=\"quiet\">· read skew"), page);
        assertTrue(page.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""), page);
        assertTrue(page.contains("read key :x as [], without 1, which T"), page);
    }

    @Test
    void pageOfAValidHistoryHasNothingToShow() {
        String page =
                page(
                        "{:type :ok, :process 0, :value [[:append :x 1] [:r :x [1]]]}\n"
                                + "{:type :ok, :process 0, :value [[:r :x [1]]]}");
        assertTrue(page.contains("Nothing contradicts strict-serializable"), page);
        assertFalse(page.contains("class=\"anomaly\""), page);
    }

    @Test
    void hostileValuesStayText() {
        String page = page(READ_SKEW.replace(":x", "\"<img src=x onerror=alert(1)>\""));
        assertFalse(page.contains("<img"), page);
        assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"), page);
        assertTrue(page.contains("default-src 'none'"), page);
    }

    @ParameterizedTest
    @EnumSource(Anomaly.class)
    void everyAnomalyThatCanBeFoundHasWords(Anomaly anomaly) {
        boolean found = anomaly.isCycle() || anomaly.compareTo(Anomaly.PREDICATE_READ_MISS) <= 0;
        assertEquals(found || anomaly.leavesUnknown(), !AnomalyWords.meaning(anomaly).isBlank());
    }
}
