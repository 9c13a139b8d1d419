package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.runner.Runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The lines of docs/checkers.md, as a user would put them into a test. */
final class DocumentedExampleTest {
    @Test
    void aHistoryInAFileIsJudgedInFiveLines(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("history.edn");
        Files.writeString(
                path,
                """
                {:process 0, :type :invoke, :f :put, :key "k", :value "a"}
                {:process 1, :type :invoke, :f :get, :key "k", :value nil}
                {:process 1, :type :ok, :f :get, :key "k", :value "a"}
                {:process 0, :type :ok, :f :put, :key "k", :value "a"}
                """);
        History history = HistoryReader.read(ByteSource.of(Files.newInputStream(path)));
        Verdict verdict =
                Linearizability.check(history, Models.kv(), Runner.options(Duration.ofSeconds(60)));
        assertTrue(verdict.isValid(), verdict::toString);
    }
}
