package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class ElleCommandTest {
    private static final String WRITE_SKEW =
            """
            {:type :ok, :process 0, :value [[:r :x []] [:append :y 1]]}
            {:type :ok, :process 1, :value [[:r :y []] [:append :x 1]]}
            {:type :ok, :process 2, :value [[:r :x [1]] [:r :y [1]]]}
            """;

    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    @Test
    void anomalyIsNamedAndAnswersTwo() throws IOException {
        Session session = Session.of("elle", file("skew.edn", WRITE_SKEW));
        assertEquals(ExitCode.SAFETY_VIOLATED, session.exitCode(), session.err());
        assertTrue(session.out().startsWith("INVALID  3 transactions of list-append"));
        assertTrue(session.out().contains("G2-item (write skew"), session.out());
        assertTrue(session.out().contains("not       repeatable-read"), session.out());
    }

    @Test
    void budgetThatEndsIsUnknownWithTheReason() throws IOException {
        Path lists = file("lists.edn", "{:type :ok, :process 0, :value [[:append 1 1]]}\n");
        Session session = Session.of("elle", lists, "--memory", "0k", "--json");
        assertEquals(ExitCode.UNKNOWN, session.exitCode(), session.out());
        assertEquals("unknown", session.json("valid"));
        assertEquals("out of memory", session.json("reason"));
        Path registers = file("registers.edn", "{:type :ok, :process 0, :value [[:w 1 1]]}\n");
        Session sessions =
                Session.of(
                        "elle",
                        registers,
                        "--session-levels",
                        "--memory",
                        "0k",
                        "--consistency",
                        "serializable");
        assertEquals(ExitCode.UNKNOWN, sessions.exitCode(), sessions.out());
    }

    /** A heap that holds the tool, but not the history. */
    @Test
    void heapTooSmallForTheHistoryIsUnknownToo() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 150_000; i++) {
            lines.append("{:type :ok, :process 0, :value [[:append 1 ").append(i).append("]]}\n");
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx12m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "elle",
                                file("big.edn", lines.toString()).toString())
                        .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.UNKNOWN, process.waitFor(), out);
        assertTrue(out.startsWith("UNKNOWN  ") && out.contains(": a heap of "), out);
    }

    @Test
    void modelThatAllowsTheAnomalyAnswersZero() throws IOException {
        Path file = file("skew.edn", WRITE_SKEW);
        Session session = Session.of("elle", file, "--consistency", "snapshot-isolation", "--json");
        assertEquals(ExitCode.PASSED, session.exitCode(), session.out());
        assertEquals("true", session.json("valid"));
        assertEquals("snapshot-isolation", session.json("model"));
        assertEquals("3", session.json("operations"));
        Session both =
                Session.of("elle", file, "--consistency", ":snapshot-isolation,serializable");
        assertEquals(ExitCode.SAFETY_VIOLATED, both.exitCode());
        Session asked = Session.of("elle", file, "--consistency", "none", "--anomalies", "G2-item");
        assertEquals(ExitCode.SAFETY_VIOLATED, asked.exitCode());
    }

    @Test
    void registersAreGuessedAndAssumptionsOfKeysUsed() throws IOException {
        Path file =
                file(
                        "kv.json",
                        """
                        {"type":"invoke","process":0,"value":[["w","x",1]],"index":0}
                        {"type":"ok","process":0,"value":[["w","x",1]],"index":1}
                        {"type":"invoke","process":0,"value":[["w","x",2]],"index":2}
                        {"type":"ok","process":0,"value":[["w","x",2]],"index":3}
                        {"type":"invoke","process":1,"value":[["r","x",null]],"index":4}
                        {"type":"ok","process":1,"value":[["r","x",1]],"index":5}
                        """);
        assertEquals(ExitCode.PASSED, Session.of("elle", file).exitCode());
        Session linearizable = Session.of("elle", file, "--linearizable-keys", "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, linearizable.exitCode(), linearizable.out());
        assertEquals("rw-register", linearizable.json("workload"));
    }

    @Test
    void pageAndArtefactsAreWritten() throws IOException {
        Path page = folder.resolve("page.html");
        Path artefacts = folder.resolve("out");
        Path file = file("skew.edn", WRITE_SKEW);
        Session.of("elle", file, "--html", page, "--directory", artefacts);
        assertTrue(Files.readString(page).contains("Not strict-serializable"));
        assertTrue(Files.readString(artefacts.resolve("G2-item.txt")).contains("Let:"));
        assertTrue(Files.exists(artefacts.resolve("G2-item").resolve("0.svg")));
    }

    @Test
    void unrelatedTransactionsAnswerFour() throws IOException {
        Session session =
                Session.of("elle", file("a.edn", "{:type :ok :process 0 :value [[:r :x []]]}"));
        assertEquals(ExitCode.UNKNOWN, session.exitCode());
        assertTrue(session.out().startsWith("UNKNOWN"), session.out());
    }

    @Test
    void sessionsAreJudgedByLevelsWithoutAnyOrderOfWrites() throws IOException {
        Path file =
                file("sessions.txt", "w 1 1\n=====\nr 1 1\nw 2 1\n=====\nr 2 1\n-----\nr 1 0\n");
        Session causal = Session.of("elle", file, "--consistency", "causal-cerone", "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, causal.exitCode(), causal.out() + causal.err());
        assertTrue(
                causal.out()
                        .contains(
                                "{\"read-committed\":true,\"read-atomic\":true,\"causal\":false}"),
                causal.out());
        Session atomic = Session.of("elle", file, "--consistency", "read-atomic");
        assertEquals(ExitCode.PASSED, atomic.exitCode(), atomic.out());
        assertTrue(atomic.out().contains("sessions  causal: no"), atomic.out());
        refused(
                "--session-levels is for rw-register",
                "elle",
                file("l.edn", WRITE_SKEW),
                "--session-levels");
    }

    @Test
    void mistakesAreOneSentenceAndSixtyFour() throws IOException {
        Path file = file("a.edn", "{:type :ok, :process 0\n :value [[:cas :x 1]]}");
        refused("a.edn:2:11: expected :r or :append, got a keyword 'cas'.", "elle", file);
        refused("--workload: expected list-append or rw-register", "elle", file, "--workload", "x");
        refused("(did you mean serializable?).", "elle", file, "--consistency", "serialisable");
        refused("--anomalies: unknown name \"G99\"", "elle", file, "--anomalies", "G99");
        refused("no such file.", "elle", folder.resolve("none.edn"));
        refused("expected a history", "elle", file("empty.edn", " "));
    }

    private static void refused(String sentence, Object... words) {
        Session session = Session.of(words);
        assertEquals(ExitCode.USAGE, session.exitCode(), session.out() + session.err());
        assertEquals("", session.out());
        assertTrue(session.errIsOneLine(), session.err());
        assertTrue(session.err().contains(sentence), session.err());
    }
}
