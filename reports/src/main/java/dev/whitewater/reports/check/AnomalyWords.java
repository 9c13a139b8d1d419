package dev.whitewater.reports.check;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.reports.page.Template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each anomaly is called by people, and what it means. */
public final class AnomalyWords {
    private static final List<String> SUFFIXES = List.of("-process", "-realtime");
    private static final Map<String, String[]> WORDS = read();

    private AnomalyWords() {}

    private static Map<String, String[]> read() {
        Map<String, String[]> words = new LinkedHashMap<>();
        for (String line : Template.resource("anomalies.properties").split("\n", -1)) {
            int equals = line.indexOf('=');
            int bar = line.indexOf('|');
            if (!line.startsWith("#") && equals >= 0 && bar > equals) {
                String[] both = {line.substring(equals + 1, bar), line.substring(bar + 1)};
                words.put(line.substring(0, equals), both);
            }
        }
        return words;
    }

    /** A short name, such as "read skew"; empty when there is none. */
    public static String name(Anomaly anomaly) {
        return words(anomaly, 0, "");
    }

    /** A sentence or two; empty when there is none. */
    public static String meaning(Anomaly anomaly) {
        return words(anomaly, 1, " ");
    }

    private static String words(Anomaly anomaly, int which, String glue) {
        String label = anomaly.label();
        String suffix =
                anomaly.isCycle()
                        ? SUFFIXES.stream().filter(label::endsWith).findFirst().orElse("")
                        : "";
        String base = label.substring(0, label.length() - suffix.length());
        String text = part(base, which);
        return suffix.isEmpty() ? text : text + glue + part(suffix, which);
    }

    private static String part(String key, int which) {
        String[] both = WORDS.get(key);
        return both == null ? "" : both[which];
    }
}
