package dev.whitewater.scenarios.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Each way in which a scenario file can be broken is one sentence with its place. */
class StrictReadingTest {

    private static final String GOOD =
            """
            format: 1
            name: good
            title: A title
            story: A story.
            teaches: A lesson.
            must-show:
              - leader-hit: f1
              - leaders: at least 2
            question:
              who-can-win-after: f1
            cluster:
              members: 3
            network:
              delay: {min: 1ms, typical: 2ms, max: 9ms}
              loss: 1/100
            workload:
              clients: 2
              mix: {put: 1, get: 1}
            faults:
              - id: f1
                at: 3s
                for: 2s
                crash: leader
            phases:
              faults-until: 9s
            """;

    private static final String FIELDS = Wording.anyOf(ScenarioFile.FIELDS);

    /** A line of the good file, what stands there instead, and the sentence it gets. */
    private record Broken(String name, String from, String to, String sentence) {}

    private static Broken broken(String name, String from, String to, String sentence) {
        return new Broken(name, from, to, sentence);
    }

    private static final String DURATION =
            "expected a duration such as 150ms or 3s (a whole number and one of ns, us, ms, s, m,"
                    + " h)";

    private static final List<Broken> FILES =
            List.of(
                    broken(
                            "unknown field at the top",
                            "workload:",
                            "worklaod:",
                            "16:1: expected one of the fields "
                                    + FIELDS
                                    + ", found \"worklaod\" (did you mean workload?)"),
                    broken(
                            "unknown field in a section",
                            "  members: 3",
                            "  members: 3\n  electon-timeout: 1s",
                            "13:3: cluster: expected one of the fields "
                                    + Wording.anyOf(PlanSections.CLUSTER)
                                    + ", found \"electon-timeout\" (did you mean"
                                    + " election-timeout?)"),
                    broken(
                            "missing title",
                            "title: A title\n",
                            "",
                            "1:1: expected the field \"title\", found a table without it"),
                    broken(
                            "missing format",
                            "format: 1\n",
                            "",
                            "1:1: expected the field \"format\", found a table without it"),
                    broken(
                            "missing phases",
                            "phases:\n  faults-until: 9s",
                            "bugs: []",
                            "1:1: expected the field \"phases\", found a table without it"),
                    broken(
                            "newer format",
                            "format: 1",
                            "format: 2",
                            "1:9: format: expected 1, the only format this version knows, found 2"),
                    broken(
                            "format of another type",
                            "format: 1",
                            "format: [1]",
                            "1:9: format: expected 1, the only format this version knows, found a"
                                    + " list"),
                    broken(
                            "text for a number",
                            "members: 3",
                            "members: three",
                            "12:12: cluster.members: expected a whole number from 1 to 9, found"
                                    + " \"three\""),
                    broken(
                            "number out of range",
                            "members: 3",
                            "members: 12",
                            "12:12: cluster.members: expected a whole number from 1 to 9, found"
                                    + " 12"),
                    broken(
                            "a fraction for a whole number",
                            "members: 3",
                            "members: 3.5",
                            "12:12: cluster.members: expected a whole number from 1 to 9, found"
                                    + " 3.5"),
                    broken(
                            "a number that no long holds",
                            "members: 3",
                            "members: 99999999999999999999",
                            "12:12: cluster.members: expected a whole number from 1 to 9, found"
                                    + " 99999999999999999999"),
                    broken(
                            "duration without unit",
                            "at: 3s",
                            "at: 3",
                            "21:9: faults.at: " + DURATION + ", found 3"),
                    broken(
                            "duration with a wrong unit",
                            "at: 3s",
                            "at: 3sec",
                            "21:9: faults.at: " + DURATION + ", found \"3sec\""),
                    broken(
                            "negative duration",
                            "at: 3s",
                            "at: -3s",
                            "21:9: faults.at: " + DURATION + ", found \"-3s\""),
                    broken(
                            "duration of more than a day",
                            "for: 2s",
                            "for: 25h",
                            "22:10: faults.for: expected a duration from 0s to 86400s, found"
                                    + " \"25h\""),
                    broken(
                            "delays out of order",
                            "typical: 2ms",
                            "typical: 0ms",
                            "14:30: network.delay.typical: expected a duration from 1ms to 86400s,"
                                    + " found \"0ms\""),
                    broken(
                            "election timeout shorter than the heartbeat",
                            "  members: 3",
                            "  members: 3\n  election-timeout: 50ms",
                            "13:21: cluster.election-timeout: expected an election-timeout longer"
                                    + " than the heartbeat, found 50ms and 100ms"),
                    broken(
                            "ratio above one",
                            "loss: 1/100",
                            "loss: 3/2",
                            "15:9: network.loss: expected a ratio from 0/1 to 1/1, such as 1/50,"
                                    + " found \"3/2\""),
                    broken(
                            "ratio as a fraction",
                            "loss: 1/100",
                            "loss: 0.01",
                            "15:9: network.loss: expected a ratio from 0/1 to 1/1, such as 1/50,"
                                    + " found 0.01"),
                    broken(
                            "unknown fault",
                            "crash: leader",
                            "krash: leader",
                            "23:5: faults: expected one of the fields id, at, for, "
                                    + Wording.anyOf(FaultReader.KINDS)
                                    + ", found \"krash\" (did you mean crash?)"),
                    broken(
                            "fault of no kind",
                            "    crash: leader\n",
                            "",
                            "20:5: faults: expected one of "
                                    + Wording.anyOf(FaultReader.KINDS)
                                    + ", found a fault of no kind"),
                    broken(
                            "fault of two kinds",
                            "crash: leader",
                            "crash: leader\n    pause: leader",
                            "24:5: faults: expected one kind per fault, found pause after crash"),
                    broken(
                            "unknown target",
                            "crash: leader",
                            "crash: boss",
                            "23:12: faults.crash: expected "
                                    + FaultReader.TARGETS
                                    + ", found \"boss\""),
                    broken(
                            "target that the cluster has not",
                            "crash: leader",
                            "crash: member 4",
                            "23:12: faults.crash: expected a number from 1 to 3 there, found"
                                    + " \"member 4\""),
                    broken(
                            "member in two groups",
                            "crash: leader",
                            "partition: [[1, 2], [2, 3]]",
                            "23:26: faults.partition: expected each member in one group, found 2"
                                    + " again"),
                    broken(
                            "link to itself",
                            "crash: leader",
                            "cut-links: [1->1]",
                            "23:17: faults.cut-links: expected a link such as 1->2 between two of 3"
                                    + " members, found \"1->1\""),
                    broken(
                            "duplicate key",
                            "  loss: 1/100",
                            "  loss: 1/100\n  loss: 1/50",
                            "16:3: expected each field once, found \"loss\" again (first on line"
                                    + " 15)"),
                    broken(
                            "bad indentation",
                            "  loss: 1/100",
                            "   loss: 1/100",
                            "15:4: expected well-formed YAML, found a mistake: while parsing a"
                                    + " block mapping, expected <block end>, but found '<block"
                                    + " mapping start>'"),
                    broken(
                            "tab for indentation",
                            "  members: 3",
                            "\tmembers: 3",
                            "12:1: expected well-formed YAML, found a mistake: while scanning for"
                                    + " the next token, found character '\\t(TAB)' that cannot"
                                    + " start any token. (Do not use \\t(TAB) for indentation)"),
                    broken(
                            "section that is a list",
                            "cluster:\n  members: 3",
                            "cluster: [3]",
                            "11:10: cluster: expected fields ("
                                    + Wording.anyOf(PlanSections.CLUSTER)
                                    + "), found a list"),
                    broken(
                            "claim about an unknown fault",
                            "leader-hit: f1",
                            "leader-hit: f2",
                            "7:17: must-show.leader-hit: expected f1, found \"f2\" (did you mean"
                                    + " f1?)"),
                    broken(
                            "claim without a bound",
                            "leaders: at least 2",
                            "leaders: 2",
                            "8:14: must-show.leaders: expected \"at least N\", \"at most N\" or"
                                    + " \"exactly N\", found 2"),
                    broken(
                            "question about an unknown moment",
                            "who-can-win-after: f1",
                            "who-can-win-after: f9",
                            "10:22: question.who-can-win-after: expected f1 or start, found \"f9\""
                                    + " (did you mean f1?)"),
                    broken(
                            "name with blanks",
                            "name: good",
                            "name: not good",
                            "2:7: name: expected at most 64 small letters, digits and hyphens,"
                                    + " found \"not good\""),
                    broken(
                            "empty title",
                            "title: A title",
                            "title:",
                            "3:7: title: expected a text, found nothing"),
                    broken(
                            "unknown bug",
                            "cluster:",
                            "bugs: [read-no-konfirm]\ncluster:",
                            "11:8: bugs: expected an id that `whitewater bugs` lists, found"
                                    + " \"read-no-konfirm\" (did you mean read-no-confirm?)"),
                    broken(
                            "all weights zero",
                            "mix: {put: 1, get: 1}",
                            "mix: {put: 0}",
                            "18:8: workload.mix: expected at least one weight above 0, found none"),
                    broken(
                            "alias",
                            "story: A story.",
                            "story: *other",
                            "4:8: expected plain YAML, found an anchor or alias"),
                    broken(
                            "second document",
                            "  faults-until: 9s",
                            "  faults-until: 9s\n---\nformat: 1",
                            "27:1: expected the end of a scenario, found a second document"),
                    broken(
                            "cut off in the middle",
                            "workload:\n",
                            "\0",
                            "1:1: expected the field \"phases\", found a table without it"));

    private static String text(Broken file) {
        int at = GOOD.indexOf(file.from());
        assertEquals(at, GOOD.lastIndexOf(file.from()), "the place to break is unique");
        String rest = GOOD.substring(at + file.from().length());
        // "\0" stands for the end of the file.
        return GOOD.substring(0, at) + (file.to().equals("\0") ? "" : file.to() + rest);
    }

    private static String refusal(byte[] bytes) {
        return assertThrows(InputRefused.class, () -> ScenarioFile.read("s.yaml", bytes))
                .getMessage();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> everyBrokenFileGetsItsSentence() {
        return FILES.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.name(),
                                        () ->
                                                assertEquals(
                                                        "s.yaml:" + file.sentence(),
                                                        refusal(utf8(text(file))))));
    }

    @Test
    void theUnbrokenFileIsRead() {
        assertEquals("good", ScenarioFile.read("s.yaml", utf8(GOOD)).scenario().name());
    }

    @Test
    void emptyFileIsNamedAsSuch() {
        assertEquals("s.yaml:1:1: expected a scenario, found an empty file", refusal(new byte[0]));
        assertEquals(
                "s.yaml:1:1: expected a scenario, found an empty file",
                refusal(utf8("# nothing\n")));
    }

    @Test
    void binaryFileIsNamedWithItsFirstByteThatIsNoText() {
        assertEquals(
                "s.yaml:2:3: expected a scenario (text in UTF-8), found binary data (the byte"
                        + " 0x00)",
                refusal(new byte[] {'a', '\n', 'b', 'c', 0, 1}));
        assertEquals(
                "s.yaml:1:2: expected a scenario in UTF-8, found the byte 0xff",
                refusal(new byte[] {'a', (byte) 0xff}));
    }

    @Test
    void missingFileAndFolderAreNamed() {
        InputRefused missing =
                assertThrows(
                        InputRefused.class,
                        () -> ScenarioFile.read(Path.of("no-such.yaml"), List.of()));
        assertEquals(
                "no-such.yaml:1:1: expected a scenario, found no such file", missing.getMessage());
        InputRefused folder =
                assertThrows(
                        InputRefused.class, () -> ScenarioFile.read(Path.of("src"), List.of()));
        assertEquals("src:1:1: expected a scenario, found a folder", folder.getMessage());
    }

    @Test
    void everyPrefixOfAScenarioIsRefusedOrComplete() {
        int complete = GOOD.indexOf("9s");
        for (int length = 0; length < complete; length++) {
            String message = refusal(utf8(GOOD.substring(0, length)));
            assertEquals("s.yaml:", message.substring(0, 7));
        }
    }
}
