package dev.whitewater.scenarios.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.sim.history.ClientOperation;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class RunFolderTest {

    private static RunOutcome outcome;

    @TempDir private Path temporary;

    @BeforeAll
    static void runOnce() {
        outcome = Runner.traced(NamedScenarios.byName("crash-and-partition"));
    }

    private Path written() {
        Path folder = temporary.resolve("run");
        RunFolder.create(folder).write(outcome, 0.5);
        return folder;
    }

    @Test
    void whatWasWrittenIsReadBack() {
        RunFolder folder = RunFolder.open(written());
        assertEquals(outcome.run(), folder.plan());
        assertEquals(outcome.result().history(), folder.history());
        assertEquals(outcome.result().trace().events(), folder.trace());
        VerdictFile.Saved saved = folder.verdict();
        assertEquals("passed", saved.verdict());
        assertEquals(VerdictFile.hash(outcome.result().traceHash()), saved.traceHash());
        assertEquals("./whitewater run crash-and-partition --seed 1", saved.reproduce());
    }

    @Test
    void runIsReplacedByALaterOne() {
        Path folder = written();
        RunFolder.create(folder).write(outcome, 0.7);
        assertEquals("passed", RunFolder.open(folder).verdict().verdict());
    }

    @Test
    void folderWithOtherThingsIsNeverWrittenTo() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("thesis"));
        Files.writeString(folder.resolve("chapter1.txt"), "a year of work");
        InputRefused refused = assertThrows(InputRefused.class, () -> RunFolder.create(folder));
        assertTrue(refused.getMessage().endsWith("nothing was written"), refused.getMessage());
        assertFalse(Files.exists(folder.resolve(RunFolder.PLAN)));
    }

    @Test
    void folderThatHoldsNoRunIsNotOpened() {
        Path missing = temporary.resolve("nowhere");
        assertEquals(
                missing + ":1:1: expected a run folder, found no such folder",
                assertThrows(InputRefused.class, () -> RunFolder.open(missing)).getMessage());
        assertEquals(
                temporary + ":1:1: expected a run folder, found a folder without plan.yaml",
                assertThrows(InputRefused.class, () -> RunFolder.open(temporary)).getMessage());
    }

    /** A line of a file, what stands there instead, and the end of the sentence it gets. */
    private void breaks(String name, String from, String to, String sentence) throws IOException {
        Path folder = written();
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        assertTrue(text.contains(from), name + " has " + from);
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
        RunFolder run = RunFolder.open(folder);
        InputRefused refused =
                assertThrows(
                        InputRefused.class,
                        () -> List.of(run.plan(), run.verdict(), run.history(), run.trace()));
        assertEquals(file + ":" + sentence, refused.getMessage());
    }

    @Test
    void brokenFilesAreNamedWithLineAndColumn() throws IOException {
        breaks(
                RunFolder.HISTORY,
                "\"kind\":\"",
                "\"kind\":\"x",
                "1:"
                        + columnOf(RunFolder.HISTORY, "\"kind\":")
                        + ": kind: expected "
                        + Wording.anyOf(
                                Arrays.stream(ClientOperation.Kind.values())
                                        .map(ClientOperation.Kind::text)
                                        .toList())
                        + ", found \"x"
                        + firstKind()
                        + "\"");
        breaks(
                RunFolder.TRACE,
                "\"e\":2,",
                "\"e\":1,",
                "2:6: e: expected a whole number from 2 to 9223372036854775807, found 1");
        breaks(
                RunFolder.VERDICT,
                "\"format\":1",
                "\"format\":9",
                "1:11: format: expected a whole number from 1 to 1, found 9");
    }

    private int columnOf(String name, String field) throws IOException {
        String line = Files.readAllLines(written().resolve(name)).getFirst();
        return line.indexOf(field) + field.length() + 1;
    }

    private static String firstKind() {
        return outcome.result().history().getFirst().kind().text();
    }

    @Test
    void truncatedHistoryIsRefused() throws IOException {
        Path folder = written();
        Path file = folder.resolve(RunFolder.HISTORY);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        String message =
                assertThrows(InputRefused.class, () -> RunFolder.open(folder).history())
                        .getMessage();
        assertTrue(message.contains("expected well-formed JSON"), message);
    }
}
