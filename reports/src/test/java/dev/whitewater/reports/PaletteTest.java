package dev.whitewater.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The colours of the style sheet against WCAG 2.2: 4.5 for text (1.4.3), 3 for marks (1.4.11). */
class PaletteTest {

    private static final Pattern COLOUR = Pattern.compile("--(\\w[\\w-]*):\\s*#([0-9a-f]{6})");

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textStandsOutFromWhatItIsWrittenOn(String scheme) throws IOException {
        Map<String, Integer> colours = colours(scheme);
        for (String text : new String[] {"ink", "soft", "link", "bad", "risk"}) {
            for (String ground : new String[] {"page", "raised"}) {
                assertContrast(colours, text, ground, 4.5);
            }
        }
        for (String tone : new String[] {"bad", "good", "doubt"}) {
            assertContrast(colours, "ink", tone + "-back", 4.5);
            assertContrast(colours, "soft", tone + "-back", 4.5);
            assertContrast(colours, "page", tone, 4.5);
        }
        assertContrast(colours, "vote", "page", 4.5);
        for (int term = 0; term < 6; term++) {
            assertContrast(colours, "on" + term, "term" + term, 4.5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void marksStandOutFromThePage(String scheme) throws IOException {
        Map<String, Integer> colours = colours(scheme);
        for (String mark : new String[] {"fault", "wire", "good", "doubt", "vote", "bad"}) {
            assertContrast(colours, mark, "page", 3);
        }
        for (int term = 0; term < 6; term++) {
            assertContrast(colours, "term" + term, "page", 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyColourIsGivenInBothSchemes(String scheme) throws IOException {
        assertEquals(colours("light").keySet(), colours(scheme).keySet());
    }

    private static void assertContrast(
            Map<String, Integer> colours, String text, String ground, double least) {
        assertNotNull(colours.get(text), text);
        assertNotNull(colours.get(ground), ground);
        double a = luminance(colours.get(text));
        double b = luminance(colours.get(ground));
        double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        assertTrue(contrast >= least, text + " on " + ground + ": " + contrast + " < " + least);
    }

    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16 & 255)
                + 0.7152 * linear(colour >> 8 & 255)
                + 0.0722 * linear(colour & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static Map<String, Integer> colours(String scheme) throws IOException {
        String css;
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            assertNotNull(in, "the style sheet");
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        String part =
                scheme.equals("light")
                        ? css.substring(0, dark)
                        : css.substring(dark, css.indexOf("* {", dark));
        Map<String, Integer> colours = new TreeMap<>();
        Matcher matcher = COLOUR.matcher(part);
        while (matcher.find()) {
            colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
        }
        return colours;
    }
}
