package dev.whitewater.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.io.InputRefused;
import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.scenarios.io.RunFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From a run of the simulator over its folder to the page. */
class RunFolderReportTest {

    @TempDir private Path temp;

    private Path folder(List<String> bugs, double cpuSeconds, String name) {
        PlannedRun run = NamedScenarios.byName("leader-crash").withBugs(bugs);
        Path folder = temp.resolve(name);
        RunFolder.create(folder).write(Runner.traced(run), cpuSeconds);
        return folder;
    }

    @Test
    void sameRunGivesTheSameBytesWhereverAndHoweverFastItRan() throws IOException {
        Path page = temp.resolve("report.html");
        HtmlReport.write(folder(List.of("ack-before-fsync"), 0.5, "here"), page);
        String there = HtmlReport.render(folder(List.of("ack-before-fsync"), 1.5, "there"));
        assertEquals(Files.readString(page), there);
    }

    @Test
    void pageOfACaughtBugNamesTheRuleAndTheCommand() {
        PlannedRun run =
                NamedScenarios.byName("leader-crash").withBugs(List.of("ack-before-fsync"));
        RunOutcome outcome = Runner.traced(run);
        Path folder = temp.resolve("caught");
        RunFolder.create(folder).write(outcome, 0.5);
        String page = HtmlReport.render(folder);
        assertTrue(page.contains("class=\"verdict violated\""));
        assertTrue(page.contains(run.reproduce()));
        assertTrue(page.contains("id=\"e" + outcome.judgement().event() + "\""));
        assertTrue(
                page.contains("disk still without the last")
                        || page.contains("class=\"num risk\""));
        assertTrue(page.contains("id=\"evidence-picture\""));
    }

    @Test
    void everyPartOfAnHonestRunIsTold() {
        Path folder = temp.resolve("honest");
        RunOutcome outcome = Runner.traced(NamedScenarios.byName("leader-crash"));
        RunFolder.create(folder).write(outcome, 0.5);
        String page = HtmlReport.render(folder);
        assertTrue(page.contains("class=\"verdict passed\""));
        assertTrue(page.contains("becomes leader of term"));
        assertTrue(page.contains(" crashes"));
        assertTrue(page.contains("starts again from its disk"));
        assertTrue(page.contains("<p class=\"asks\">" + outcome.answer().asks()));
        outcome.answer()
                .because()
                .forEach(id -> assertTrue(page.contains("<li id=\"e" + id + "\""), "e" + id));
    }

    @Test
    void runWithoutATraceIsToldAsFarAsItGoes() throws IOException {
        Path folder = folder(List.of(), 0.5, "bare");
        Files.delete(folder.resolve(RunFolder.TRACE));
        Files.delete(folder.resolve(RunFolder.HISTORY));
        String page = HtmlReport.render(folder);
        assertTrue(page.contains("This run kept no trace"));
        assertTrue(page.contains("of which the run folder keeps none"));
        assertTrue(page.contains("No client took part") || page.contains("keeps no history"));
    }

    @Test
    void folderThatIsNoRunIsRefusedBeforeAnythingIsWritten() {
        Path page = temp.resolve("none.html");
        assertThrows(InputRefused.class, () -> HtmlReport.write(temp.resolve("nothing"), page));
        assertTrue(Files.notExists(page));
    }
}
