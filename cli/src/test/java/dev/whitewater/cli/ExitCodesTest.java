package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class ExitCodesTest {

    @TempDir private Path folder;

    /** A command line that is refused, and how its sentence begins. */
    private record Refusal(String line, String sentence) {}

    private static final List<Refusal> REFUSALS =
            List.of(
                    new Refusal(
                            "run lader-crash",
                            "unknown scenario \"lader-crash\" (did you mean leader-crash?)"),
                    new Refusal(
                            "run no/such.yaml",
                            "no/such.yaml:1:1: expected a scenario, found no such file"),
                    new Refusal(
                            "run",
                            "Missing required parameter: 'SCENARIO'; see `whitewater run --help`."),
                    new Refusal("run calm --seed x", "Invalid value for option '--seed'"),
                    new Refusal("run calm --seed -5", "--seed must be 0 or more, not -5."),
                    new Refusal(
                            "run calm --sed 1",
                            "Unknown options: '--sed', '1' (did you mean --seed"),
                    new Refusal("run calm --bug no-such-bug", "unknown bug \"no-such-bug\""),
                    new Refusal("run calm --rapids IV", "--rapids is for random runs"),
                    new Refusal("run swarm --rapids IX", "unknown grade \"IX\""),
                    new Refusal("run calm --sut mongodb", "unknown system under test \"mongodb\""),
                    new Refusal(
                            "run calm --set members=3",
                            "--set members=3:1:1: expected one of the fields"),
                    new Refusal(
                            "run calm --nodes 0", "--set cluster.members=0:1:1: cluster.members"),
                    new Refusal(
                            "run calm --until soon", "--set phases.faults-until=soon:1:1: phases"),
                    new Refusal("swarm --seeds 9..1", "expected seeds as 1..2000, found \"9..1\"."),
                    new Refusal("swarm --seeds all", "expected seeds as 1..2000, found \"all\"."),
                    new Refusal("swarm --for ever", "--for: expected a duration"),
                    new Refusal("swarm --jobs 0", "--jobs must be at least 1, not 0."),
                    new Refusal(
                            "swarm --bug read-no-konfirm",
                            "unknown bug \"read-no-konfirm\" (did you mean read-no-confirm?)"),
                    new Refusal("bugs show nope", "unknown bug \"nope\""),
                    new Refusal("scenarios show nope", "unknown scenario \"nope\""),
                    new Refusal(
                            "replay no-such-folder",
                            "no-such-folder:1:1: expected a run folder, found no such folder"),
                    new Refusal(
                            "report no-such-folder",
                            "no-such-folder:1:1: expected a run folder, found no such folder"),
                    new Refusal(
                            "check no-such-file",
                            "no-such-file: expected a history, found no such file."),
                    new Refusal("check . --model kv", ".: expected a history, found a folder."),
                    new Refusal("frobnicate", "Unmatched argument at index 0: 'frobnicate'"));

    @TestFactory
    Stream<DynamicTest> wrongUsageIsOneSentenceAndSixtyFour() {
        return REFUSALS.stream()
                .map(refusal -> DynamicTest.dynamicTest(refusal.line(), () -> refused(refusal)));
    }

    private static void refused(Refusal refusal) {
        Session session = Session.of((Object[]) refusal.line().split(" "));
        assertEquals(ExitCode.USAGE, session.exitCode(), session.err());
        assertEquals("", session.out());
        assertTrue(session.errIsOneLine(), session.err());
        assertTrue(session.err().startsWith("whitewater: " + refusal.sentence()), session.err());
    }

    @Test
    void honestRunAnswersZeroAndBrokenOneTwo() {
        assertEquals(ExitCode.PASSED, Session.of("run", "calm", "--seed", 3).exitCode());
        Session broken = Session.of("run", "calm", "--bug", "ack-before-fsync", "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, broken.exitCode());
        assertEquals("M11", broken.json("monitor"));
        assertEquals("violated", broken.json("verdict"));
        assertEquals(
                "./whitewater run calm --seed 1 --bug ack-before-fsync", broken.json("reproduce"));
    }

    @Test
    void runThatDoesNotShowWhatItPromisesAnswersFour() throws IOException {
        String calm = Session.of("scenarios", "show", "calm").out();
        assertTrue(calm.contains("the times a member became leader: exactly 1"));
        Path file = folder.resolve("promise.yaml");
        Files.writeString(
                file,
                """
                format: 1
                name: promise
                title: Promises too much
                story: Nothing happens.
                teaches: Nothing.
                must-show:
                  - leaders: at least 5
                cluster:
                  members: 3
                workload:
                  clients: 1
                phases:
                  faults-until: 3s
                """);
        Session session = Session.of("run", file, "--json");
        assertEquals(ExitCode.UNKNOWN, session.exitCode());
        assertEquals("unknown", session.json("verdict"));
    }

    @Test
    void swarmAnswersWithItsWorstRun() {
        assertEquals(0, ExitCode.worse(0, 0));
        assertEquals(4, ExitCode.worse(4, 0));
        assertEquals(3, ExitCode.worse(4, 3));
        assertEquals(5, ExitCode.worse(5, 3));
        assertEquals(2, ExitCode.worse(5, 2));
        assertEquals(ExitCode.PASSED, Session.of("swarm", "--seeds", "1..2").exitCode());
        Session broken =
                Session.of(
                        "swarm",
                        "--seeds",
                        "1..9",
                        "--bug",
                        "vote-not-persisted",
                        "--json",
                        "--stop-at-first");
        assertEquals(ExitCode.SAFETY_VIOLATED, broken.exitCode());
        assertEquals(2, broken.out().lines().count(), "a failure and a summary");
        assertEquals("M11", broken.json("monitor"));
    }

    @Test
    void reproduceLineGivesTheSameMonitorAndTraceHash() {
        Session swarm =
                Session.of(
                        "swarm",
                        "--seeds",
                        "1..9",
                        "--bug",
                        "read-no-confirm",
                        "--json",
                        "--stop-at-first");
        String[] words = swarm.json("reproduce").replace("./whitewater ", "").split(" ");
        Object[] line = Stream.concat(Stream.of(words), Stream.of("--json")).toArray();
        Session again = Session.of(line);
        assertEquals(swarm.json("traceHash"), again.json("traceHash"));
        assertEquals(swarm.json("monitor"), again.json("monitor"));
        assertEquals(swarm.exitCode(), again.exitCode());
    }

    @Test
    void replayAnswersAsTheRunDid() throws IOException {
        Path out = folder.resolve("run");
        assertEquals(0, Session.of("run", "leader-crash", "--out", out).exitCode());
        Session same = Session.of("replay", out, "--json");
        assertEquals(ExitCode.PASSED, same.exitCode());
        assertEquals("true", same.json("same"));
        Path plan = out.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(plan).replace("seed: 1", "seed: 2"));
        Session other = Session.of("replay", out, "--json");
        assertEquals(ExitCode.HARNESS_FAILED, other.exitCode());
        assertEquals("false", other.json("sameTraceHash"));
        Files.writeString(plan, "format: 1\n");
        assertEquals(ExitCode.USAGE, Session.of("replay", out).exitCode());
    }

    @Test
    void reportIsWrittenIntoTheFolderOrWhereAsked() {
        Path out = folder.resolve("run");
        Session.of("run", "calm", "--out", out);
        assertEquals(0, Session.of("report", out).exitCode());
        assertTrue(Files.isRegularFile(out.resolve("report.html")));
        Path elsewhere = folder.resolve("calm.html");
        assertEquals(0, Session.of("report", out, "-o", elsewhere).exitCode());
        assertTrue(Files.isRegularFile(elsewhere));
    }

    @Test
    void runNeverWritesIntoAFolderOfOtherThings() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "a year of work");
        assertEquals(ExitCode.USAGE, Session.of("run", "calm", "--out", folder).exitCode());
    }

    @Test
    void checkJudgesHistories() throws IOException {
        Path stale = folder.resolve("stale.edn");
        Files.writeString(
                stale,
                """
                {:process 0, :type :invoke, :f :write, :value 1}
                {:process 0, :type :ok, :f :write, :value 1}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value nil}
                """);
        Session bad = Session.of("check", stale, "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, bad.exitCode(), bad.err());
        assertEquals("false", bad.json("valid"));
        Session good = Session.of("check", stale, "--json", "--model", "register", "--initial", 0);
        assertEquals(ExitCode.SAFETY_VIOLATED, good.exitCode());
        Path out = folder.resolve("run");
        Session.of("run", "calm", "--out", out);
        Session own = Session.of("check", out.resolve("history.jsonl"), "--json");
        assertEquals(ExitCode.PASSED, own.exitCode(), own.err());
        assertEquals("etcd", own.json("model"));
        Files.writeString(stale, "{:process 0, :type");
        Session cut = Session.of("check", stale);
        assertEquals(ExitCode.USAGE, cut.exitCode());
        assertTrue(cut.err().startsWith("whitewater: " + stale + ":1:"), cut.err());
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (String command :
                List.of(
                        "demo",
                        "run",
                        "scenarios",
                        "swarm",
                        "replay",
                        "bugs",
                        "report",
                        "check",
                        "determinism")) {
            Session help = Session.of(command, "--help");
            assertEquals(0, help.exitCode(), command);
            assertTrue(help.out().contains("./whitewater " + command), help.out());
        }
        assertEquals(0, Session.of("scenarios", "show", "--help").exitCode());
        assertTrue(Session.of("--version").out().startsWith("whitewater "));
    }

    @Test
    void nothingIsColouredWithoutATerminal() {
        for (String line : List.of("run calm", "scenarios", "bugs", "--help", "swarm --seeds 1")) {
            Session session = Session.of((Object[]) line.split(" "));
            assertEquals(-1, session.out().indexOf('\u001b'), line);
        }
    }

    @Test
    void failureOfTheToolItselfIsOneLineAndSix() {
        Session session = failing(new ArithmeticException("by zero"));
        assertEquals(ExitCode.HARNESS_FAILED, session.exitCode());
        assertTrue(session.errIsOneLine(), session.err());
        assertTrue(session.err().contains("by zero"));
    }

    private static Session failing(RuntimeException e) {
        var err = new ByteArrayOutputStream();
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        int exitCode = Cli.failed(new Screen(stream, stream, false, false), e);
        return new Session(exitCode, "", err.toString(StandardCharsets.UTF_8));
    }
}
