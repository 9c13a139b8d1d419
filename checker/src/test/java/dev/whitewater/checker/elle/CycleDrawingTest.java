package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.model.ConsistencyModel;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;

class CycleDrawingTest {
    private static final ElleOptions SERIALIZABLE =
            ElleOptions.defaults().expecting(ConsistencyModel.SERIALIZABLE);

    @Test
    void pictureIsWellFormedAndHasEachTransactionAndReason() throws Exception {
        TransactionHistory history =
                Sketch.lists("ok 0 ax1", "ok 1 ay1", "ok 2 rx1 ry", "ok 3 rx ry1");
        ElleResult result = ListAppend.check(history, SERIALIZABLE);
        Finding finding = result.anomalies().getFirst().findings().getFirst();
        Document svg = parsed(CycleDrawing.svg(history, finding));
        assertEquals(4, svg.getElementsByTagName("rect").getLength());
        assertEquals(8, svg.getElementsByTagName("path").getLength());
        String text = svg.getDocumentElement().getTextContent();
        assertTrue(finding.links().stream().allMatch(link -> text.contains(link.because())), text);
    }

    @Test
    void whatIsNoCycleHasNoPicture() {
        TransactionHistory history = Sketch.lists("fail 0 ax1", "ok 1 rx1");
        Finding read =
                ListAppend.check(history, SERIALIZABLE)
                        .anomalies()
                        .getFirst()
                        .findings()
                        .getFirst();
        assertThrows(IllegalArgumentException.class, () -> CycleDrawing.svg(history, read));
    }

    @Test
    void artefactsAreATextPerAnomalyAndAPicturePerCycle() {
        TransactionHistory history = Sketch.lists("ok 0 ax1 ax2", "ok 1 rx1");
        SortedMap<String, String> files =
                Artefacts.of(history, ListAppend.check(history, SERIALIZABLE));
        assertEquals(
                new TreeSet<>(List.of("G-single-item.txt", "G-single-item/0.svg", "G1b.txt")),
                files.keySet());
        assertTrue(files.get("G1b.txt").startsWith("G1b #0\nT1 = "));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
