package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.WorkloadOptions;
import dev.whitewater.checker.workload.WorkloadResult;
import dev.whitewater.checker.workload.Workloads;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Histories of others with known verdicts, where a checkout of them exists: in the folder that
 * WHITEWATER_HISTORIES names, or beside the repository.
 */
final class SharedHistoriesTest {
    private static Path folder() {
        String named = System.getenv("WHITEWATER_HISTORIES");
        if (named != null) {
            return Path.of(named);
        }
        Path fromRoot = Path.of("../shared/histories");
        return Files.exists(fromRoot) ? fromRoot : Path.of("../../shared/histories");
    }

    @TestFactory
    List<DynamicTest> everyKnownHistoryIsJudgedAsTheIndexSays() throws IOException {
        Path folder = folder();
        List<DynamicTest> tests = new ArrayList<>();
        if (!Files.exists(folder.resolve("INDEX.tsv"))) {
            return tests;
        }
        for (String line : Files.readAllLines(folder.resolve("INDEX.tsv"))) {
            String[] columns = line.split("\t");
            if (models().contains(columns[2]) || Workloads.NAMES.contains(columns[2])) {
                tests.add(
                        DynamicTest.dynamicTest(
                                columns[0],
                                () -> assertJudged(folder.resolve(columns[0]), columns)));
            }
        }
        return tests;
    }

    private static List<String> models() {
        return List.of("cas-register", "kv", "multi-register");
    }

    private static void assertJudged(Path file, String[] columns) throws IOException {
        History history = HistoryReader.read(ByteSource.of(Files.readAllBytes(file)));
        if (Workloads.NAMES.contains(columns[2])) {
            WorkloadOptions options = WorkloadOptions.DEFAULT.withGroupSize(3);
            WorkloadResult result = Workloads.check(columns[2], history, options).orElseThrow();
            boolean valid = result.validity() == WorkloadResult.Validity.VALID;
            assertEquals(columns[4], Boolean.toString(valid), result.toString());
            return;
        }
        Value initial = columns[2].equals("multi-register") ? Value.of(0) : Value.NIL;
        Model<?> model = Models.byName(columns[2], initial).orElseThrow();
        Verdict verdict = Linearizability.check(history, model);
        assertEquals(columns[4], Boolean.toString(verdict.isValid()), verdict.toString());
    }
}
