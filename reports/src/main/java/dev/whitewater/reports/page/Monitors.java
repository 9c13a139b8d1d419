package dev.whitewater.reports.page;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** The monitors in words for a newcomer: what it means that one fired, and what must hold. */
final class Monitors {

    /** Those that judge every run so far, in the order of BUGS.md. */
    private static final List<String> ALWAYS =
            List.of(
                    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M14",
                    "M15", "M16", "M17", "M19", "M35", "M36", "M37");

    private final Properties words = new Properties();

    Monitors() {
        try (Reader reader = new StringReader(Resources.text("monitors.properties"))) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headline when {@code monitor} fired; {@code fallback} for one without words here. */
    String title(String monitor, String fallback) {
        return words.getProperty(monitor + ".title", fallback);
    }

    /** What must hold; empty when there are no words for it. */
    String rule(String monitor) {
        return words.getProperty(monitor + ".rule", "");
    }

    List<View.Pair> always() {
        return ALWAYS.stream().map(id -> new View.Pair(rule(id), id)).toList();
    }
}
