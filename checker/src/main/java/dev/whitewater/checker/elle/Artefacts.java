package dev.whitewater.checker.elle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to leave in a folder for a reader: per anomaly a text with all kept findings, and per cycle
 * a picture. Only names and contents; writing them is the caller's.
 */
public final class Artefacts {
    private Artefacts() {}

    /** Relative file names and their contents, such as {@code G1c.txt} and {@code G1c/0.svg}. */
    public static SortedMap<String, String> of(TransactionHistory history, ElleResult result) {
        SortedMap<String, String> files = new TreeMap<>();
        for (AnomalyReport report : result.anomalies()) {
            String name = report.type().label();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < report.findings().size(); i++) {
                Finding finding = report.findings().get(i);
                texts.add(name + " #" + i + "\n" + finding.explanation() + "\n");
                if (!finding.links().isEmpty()) {
                    files.put(name + "/" + i + ".svg", CycleDrawing.svg(history, finding));
                }
            }
            files.put(name + ".txt", String.join("\n\n", texts));
        }
        return files;
    }
}
