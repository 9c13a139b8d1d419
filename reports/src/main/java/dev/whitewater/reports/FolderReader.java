package dev.whitewater.reports;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.Question;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.io.RunFolder;
import dev.whitewater.scenarios.io.ScenarioWriter;
import dev.whitewater.scenarios.io.VerdictDetails;
import dev.whitewater.scenarios.io.VerdictFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a run folder into what a report may know. Processor time and paths stay behind. */
final class FolderReader {

    private FolderReader() {}

    static RecordedRun read(Path path) {
        RunFolder folder = RunFolder.open(path);
        PlannedRun plan = folder.plan();
        VerdictFile.Saved saved = folder.verdict();
        VerdictDetails details = folder.details();
        List<Event> events = events(folder, path);
        return new RecordedRun(
                verdict(plan, saved, details),
                question(details.answer()),
                plan.scenario().story(),
                plan.scenario().teaches(),
                ScenarioWriter.write(plan),
                plan.scenario().plan().cluster().members(),
                details.virtualNanos(),
                details.events(),
                FromSim.faults(plan.scenario().plan().faults(), events, details.virtualNanos()),
                operations(folder, path),
                events);
    }

    /** A run may keep no trace; the page then says so. */
    private static List<Event> events(RunFolder folder, Path path) {
        return Files.isRegularFile(path.resolve(RunFolder.TRACE))
                ? folder.trace().stream().map(FromSim::event).toList()
                : List.of();
    }

    private static List<Operation> operations(RunFolder folder, Path path) {
        return Files.isRegularFile(path.resolve(RunFolder.HISTORY))
                ? FromSim.operations(folder.history())
                : List.of();
    }

    private static Verdict verdict(
            PlannedRun plan, VerdictFile.Saved saved, VerdictDetails details) {
        return new Verdict(
                switch (saved.verdict()) {
                    case "passed" -> Verdict.Outcome.PASSED;
                    case "violated" -> Verdict.Outcome.VIOLATED;
                    default -> Verdict.Outcome.UNKNOWN;
                },
                new Verdict.Origin(
                        saved.scenario(),
                        Long.toString(plan.scenario().plan().seed()),
                        plan.bugs(),
                        details.rapids(),
                        details.sut(),
                        saved.traceHash(),
                        saved.reproduce()),
                saved.monitor(),
                details.monitorName(),
                saved.message(),
                details.event() == 0 ? Event.NONE : details.event(),
                new Verdict.Evidence(
                        details.evidence().operations().stream().map(Integer::longValue).toList(),
                        details.evidence().text()),
                saved.exitCode());
    }

    private static Question question(RunOutcome.Answer answer) {
        return answer.isGiven()
                ? new Question(answer.moment(), answer.asks(), answer.answer(), answer.because())
                : Question.NONE;
    }
}
