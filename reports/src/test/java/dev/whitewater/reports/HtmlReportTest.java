package dev.whitewater.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.RecordedRun;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class HtmlReportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/whitewater/reports");

    @ParameterizedTest
    @ValueSource(strings = {"passed", "violated"})
    void sameRunGivesTheBytesOfTheGoldenPage(String name) throws IOException {
        String page = HtmlReport.render(fixture(name));
        Path golden = GOLDEN.resolve(name + ".html");
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, page);
        }
        assertEquals(
                Files.readString(golden),
                page,
                "the page changed; if it should, run the tests with -Dgolden=update and look at"
                        + " it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed", "violated"})
    void everyLinkOnThePageLeadsToAPlaceOnThePage(String name) {
        assertLinksLead(HtmlReport.render(fixture(name)));
    }

    private static void assertLinksLead(String page) {
        Set<String> places = all(page, "\\bid=\"([^\"]+)\"");
        Set<String> links = all(page, "href=\"#([^\"]+)\"");
        assertFalse(links.isEmpty(), "a report without links cites nothing");
        links.removeAll(places);
        assertEquals(Set.of(), links, "links that lead nowhere");
    }

    @Test
    void everyIdIsThereOnce() {
        String page = HtmlReport.render(Fixture.violated());
        Matcher ids = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(page);
        Set<String> seen = new HashSet<>();
        while (ids.find()) {
            assertTrue(seen.add(ids.group(1)), "twice: " + ids.group(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed", "violated"})
    void nothingIsLoadedFromAnywhere(String name) {
        String page = HtmlReport.render(fixture(name));
        assertTrue(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
        String withoutNamespace = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assertFalse(withoutNamespace.contains("http://"), "an absolute address");
        assertFalse(withoutNamespace.contains("https://"), "an absolute address");
        assertFalse(Pattern.compile("\\b(src|srcset|data|poster)=").matcher(page).find());
        assertFalse(Pattern.compile("href=\"[^#]").matcher(page).find(), "a link to outside");
        assertFalse(page.contains("@import"));
        assertFalse(Pattern.compile("\\sstyle=\"").matcher(page).find(), "blocked by the policy");
    }

    @Test
    void allThatTheFixtureTellsIsOnThePage() {
        RecordedRun run = Fixture.violated();
        String page = HtmlReport.render(run);
        for (Operation op : run.operations()) {
            assertTrue(page.contains("<tr id=\"op" + op.id() + "\""), "operation " + op.id());
        }
        for (String text :
                new String[] {
                    run.question().asks(),
                    run.question().answer(),
                    run.verdict().origin().reproduce(),
                    run.verdict().origin().traceHash(),
                    run.verdict().message(),
                    run.story(),
                    run.teaches(),
                    run.plan(),
                    "partition {n1} | {n2, n3}",
                    "crash n2",
                    "A client saw an answer that no single history explains",
                    "n2 becomes leader of term 2",
                    "n2 crashes, its disk still without the last entry (fault f2)",
                    "n2 starts again from its disk: one entry fewer than before",
                }) {
            String shown = text.replace("'", "&#39;");
            assertTrue(page.contains(shown), "not on the page: " + text);
        }
    }

    @Test
    void evidenceIsNamedOnTheRulerAndInTheTable() {
        RecordedRun run = Fixture.violated();
        String page = HtmlReport.render(run);
        String proof = page.substring(page.indexOf("id=\"evidence-picture\""));
        for (long id : run.verdict().evidence().operations()) {
            assertTrue(proof.contains("href=\"#op" + id + "\""), "op " + id + " on the ruler");
            assertTrue(page.contains("<tr id=\"op" + id + "\" class=\"evident\">"));
        }
    }

    @Test
    void passedRunSaysWhatWasChecked() {
        String page = HtmlReport.render(Fixture.passed());
        assertTrue(page.contains("Everything held"));
        assertTrue(page.contains("In every term at most one server is ever leader."));
        assertFalse(page.contains("id=\"evidence-picture\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "</title></style><b>",
                "\" onmouseover=\"alert(1)",
                "]]><!--",
                "${7*7}<#if x>&amp;",
            })
    void hostileTextStaysText(String hostile) {
        String calm = HtmlReport.render(Fixture.hostile("calm"));
        String page = HtmlReport.render(Fixture.hostile(hostile));
        assertFalse(page.contains(hostile), "it got through unescaped");
        assertEquals(tags(calm), tags(page), "the data made or ate an element");
        assertLinksLead(page);
    }

    private static int tags(String page) {
        return page.length() - page.replace("<", "").length();
    }

    @Test
    void textThatTurnsOrHidesIsMadeVisible() {
        String page =
                HtmlReport.render(
                        Fixture.hostile("a\u0000b\u202ec\u2066d\ud800e\u200bf\ufeffg\u0085h\r"));
        assertTrue(page.contains("a\u2400b‹U+202E›c‹U+2066›d\ufffde‹U+200B›f‹U+FEFF›g‹U+0085›h"));
        for (char c : new char[] {0, '\u202e', '\u2066', '\ud800', '\ufeff', '\r'}) {
            assertEquals(-1, page.indexOf(c), "U+" + Integer.toHexString(c));
        }
    }

    @Test
    void hugeValuesAreCutAndSaySo() {
        String huge = "x".repeat(1 << 20);
        String page = HtmlReport.render(Fixture.hostile(huge));
        assertTrue(page.length() < 1_500_000, "the page has " + page.length() + " characters");
        assertTrue(page.contains("(1048576 characters)"));
        assertTrue(page.contains("The first 64\u00a0000 of 1\u00a0048\u00a0576 characters"));
    }

    @Test
    void aMinuteOfTrafficIsFoldedAndSaysSo() throws IOException {
        RecordedRun run = Fixture.minute();
        assertTrue(run.events().size() > 80_000, run.events().size() + " events");
        String page = HtmlReport.render(run);
        if (System.getProperty("keep") != null) {
            Files.writeString(Path.of(System.getProperty("keep")), page);
        }
        assertTrue(page.length() < 1_500_000, "the page has " + page.length() + " characters");
        assertTrue(page.contains("operations are drawn as counts per"));
        assertTrue(page.contains("All are in the run folder&#39;s history.jsonl."));
        assertTrue(page.contains("key moments of"));
        assertLinksLead(page);
    }

    private static RecordedRun fixture(String name) {
        return name.equals("passed") ? Fixture.passed() : Fixture.violated();
    }

    private static Set<String> all(String page, String pattern) {
        Set<String> found = new HashSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
