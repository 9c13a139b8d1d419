package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.trace.TraceEvent;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder with all there is to know of a run; {@code docs/formats/run-folder.md} describes it. A
 * folder that holds anything else than a run is never written to.
 */
public final class RunFolder {
    public static final String PLAN = "plan.yaml";
    public static final String HISTORY = "history.jsonl";
    public static final String CONTRACTS = "contracts.jsonl";
    public static final String TRACE = "trace.jsonl";
    public static final String VERDICT = "verdict.json";

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /** A folder to read; it must hold a plan and a verdict. */
    public static RunFolder open(Path folder) {
        Place place = new Place(folder.toString(), 1, 1);
        if (!Files.isDirectory(folder)) {
            throw InputRefused.expected(
                    place, "", "a run folder", Files.exists(folder) ? "a file" : "no such folder");
        }
        for (String name : List.of(PLAN, VERDICT)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw InputRefused.expected(place, "", "a run folder", "a folder without " + name);
            }
        }
        return new RunFolder(folder);
    }

    /**
     * A folder to write to: a new one, an empty one, or one that holds a run, which is replaced.
     */
    public static RunFolder create(Path folder) {
        Place place = new Place(folder.toString(), 1, 1);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw InputRefused.expected(place, "", "a folder to write to", "a file");
        }
        try {
            if (Files.isDirectory(folder) && !isEmpty(folder) && !holdsRun(folder)) {
                throw InputRefused.expected(
                        place,
                        "",
                        "a new folder, an empty one or a run's",
                        "a folder with other things in it; nothing was written");
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunFolder(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private static boolean holdsRun(Path folder) {
        return Files.isRegularFile(folder.resolve(PLAN))
                && Files.isRegularFile(folder.resolve(VERDICT));
    }

    public Path path() {
        return folder;
    }

    /** Writes everything; the verdict last, so that a folder without one is an unfinished one. */
    public void write(RunOutcome outcome, double cpuSeconds) {
        try {
            Files.deleteIfExists(folder.resolve(VERDICT));
            Files.writeString(folder.resolve(PLAN), ScenarioWriter.write(outcome.run()));
            file(HISTORY, out -> HistoryLines.write(out, outcome.result().history()));
            Files.deleteIfExists(folder.resolve(CONTRACTS));
            if (!outcome.result().contracts().isEmpty()) {
                file(CONTRACTS, out -> contracts(out, outcome.result().contracts()));
            }
            file(TRACE, out -> TraceLines.write(out, outcome.result().trace().events()));
            var circumstances = new VerdictFile.Circumstances(cpuSeconds, folder.toString());
            String verdict = VerdictFile.write(outcome, circumstances);
            Files.writeString(folder.resolve(VERDICT), verdict + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void contracts(BufferedWriter out, List<Detail.Fields> lines) {
        Json json = Json.lines(out);
        for (Detail.Fields line : lines) {
            json.line(to -> line.fields().forEach(field -> to.detail(field.name(), field.value())));
        }
        json.flush();
    }

    private void file(String name, Consumer<BufferedWriter> content) throws IOException {
        Path path = folder.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            content.accept(out);
        }
    }

    public PlannedRun plan() {
        Path path = folder.resolve(PLAN);
        return ScenarioFile.readExact(path.toString(), TextFile.read(path, "a plan"));
    }

    public VerdictFile.Saved verdict() {
        Path path = folder.resolve(VERDICT);
        return VerdictFile.read(path.toString(), TextFile.read(path, "a verdict"));
    }

    /** What the verdict tells a person: where, what proves it, the question and its answer. */
    public VerdictDetails details() {
        Path path = folder.resolve(VERDICT);
        return VerdictDetails.read(path.toString(), TextFile.read(path, "a verdict"));
    }

    public List<ClientOperation> history() {
        Path path = folder.resolve(HISTORY);
        return HistoryLines.read(path.toString(), TextFile.read(path, "a history"));
    }

    public List<TraceEvent> trace() {
        Path path = folder.resolve(TRACE);
        return TraceLines.read(path.toString(), TextFile.read(path, "a trace"));
    }
}
