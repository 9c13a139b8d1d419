package dev.whitewater.scenarios.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whitewater.checker.contract.Breach;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.ContractHistory;
import dev.whitewater.checker.format.ContractReader;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What watches were told in a run can be judged again by what the run left. */
class ContractsTest {

    private static final String PLAN =
            """
            format: 1
            name: watched
            title: Watchers
            story: Three streams.
            teaches: Nothing.
            must-show: []
            seed: 4
            workload: {company: {watchers: 3}, mix: {put: 5, delete: 3, compact: 1}}
            phases: {faults-until: 10s}
            """;

    @TempDir private Path temporary;
    private List<String> lines;

    @BeforeEach
    void aRunThatWasWatched() throws IOException {
        byte[] plan = PLAN.getBytes(StandardCharsets.UTF_8);
        RunOutcome outcome = Runner.traced(ScenarioFile.read("plan.yaml", plan));
        assertEquals("passed", outcome.judgement().kind().word(), outcome.judgement().message());
        Path folder = temporary.resolve("run");
        RunFolder.create(folder).write(outcome, 0);
        lines = new ArrayList<>(Files.readAllLines(folder.resolve(RunFolder.CONTRACTS)));
    }

    private List<Breach> breaches() {
        byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        ContractHistory history = ContractReader.read(ByteSource.of(file));
        assertFalse(history.watches().isEmpty());
        return history.breaches();
    }

    @Test
    void aRunThatPassedKeepsItsContracts() {
        assertEquals(List.of(), breaches());
    }

    @Test
    void whatWasNotToldIsMissed() {
        lines.removeIf(line -> line.contains("\"kind\":\"told\""));
        assertFalse(breaches().isEmpty());
    }
}
