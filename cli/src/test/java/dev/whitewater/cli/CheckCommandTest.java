package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CheckCommandTest {

    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    private static String op(int process, String function, String argument, String answer) {
        return "{:process %d, :type :invoke, :f :%s, :value %s}%n"
                        .formatted(process, function, argument)
                + "{:process %d, :type :ok, :f :%s, :value %s}%n"
                        .formatted(process, function, answer);
    }

    private static void answers(int exitCode, String model, Session session) {
        assertEquals(exitCode, session.exitCode(), session.out() + session.err());
        assertEquals(model, session.json("model"));
    }

    @Test
    void modelIsGuessedFromTheOperations() throws IOException {
        Path mutex =
                file("mutex.edn", op(0, "acquire", "nil", "nil") + op(1, "acquire", "nil", "nil"));
        answers(ExitCode.SAFETY_VIOLATED, "mutex", Session.of("check", mutex, "--json"));
        Path queue = file("q.edn", op(0, "enqueue", "1", "1") + op(1, "dequeue", "nil", "1"));
        answers(ExitCode.PASSED, "queue", Session.of("check", queue, "--json"));
        Path set = file("set.edn", op(0, "add", "1", "1") + op(1, "read", "nil", "#{}"));
        answers(ExitCode.SAFETY_VIOLATED, "set", Session.of("check", set, "--json"));
        Path counter = file("c.edn", op(0, "add", "1", "1") + op(1, "read", "nil", "1"));
        answers(ExitCode.PASSED, "counter", Session.of("check", counter, "--json"));
        Path bank = file("b.edn", op(0, "transfer", "{}", "{}") + op(1, "read", "nil", "{0 99}"));
        answers(ExitCode.SAFETY_VIOLATED, "bank", Session.of("check", bank, "--json"));
        String group = "[[:r 0 nil] [:r 1 nil] [:r 2 nil]]";
        String one = op(0, "read", group, "[[:r 0 1] [:r 1 nil] [:r 2 nil]]");
        String other = op(1, "read", group, "[[:r 0 nil] [:r 1 1] [:r 2 nil]]");
        Path fork = file("f.edn", one + other);
        answers(ExitCode.SAFETY_VIOLATED, "long-fork", Session.of("check", fork, "--json"));
        Session richer = Session.of("check", bank, "--json", "--total-amount", 99);
        answers(ExitCode.PASSED, "bank", richer);
    }

    private void guesses(int exitCode, String model, String... operations) throws IOException {
        Path file = file("guessed.edn", String.join("", operations));
        answers(exitCode, model, Session.of("check", file, "--json"));
    }

    @Test
    void modelOfReadsAndWritesIsGuessedFromWhatTheyAnswer() throws IOException {
        guesses(ExitCode.SAFETY_VIOLATED, "bank", op(0, "read", "nil", "{0 10, 1 10}"));
        String write = op(0, "write", "1", "1") + op(0, "write", "2", "2");
        guesses(ExitCode.SAFETY_VIOLATED, "comments", write, op(0, "read", "nil", "#{2}"));
        guesses(ExitCode.PASSED, "comments", write, op(0, "read", "nil", "[2 1]"));
        String pairs = op(0, "write", "[8 1]", "[8 1]") + op(0, "write", "[8 2]", "[8 2]");
        guesses(ExitCode.SAFETY_VIOLATED, "comments", pairs, op(0, "read", "nil", "[8 #{2}]"));
        String late = op(0, "read", "8", "[8 [\"8_1\" nil]]");
        guesses(ExitCode.SAFETY_VIOLATED, "sequential", op(0, "write", "8", "8"), late);
        guesses(ExitCode.PASSED, "cas-register", write, op(0, "read", "nil", "2"));
        // Registers may hold lists and maps as well.
        String list = op(0, "write", "[1 2]", "[1 2]");
        guesses(ExitCode.PASSED, "cas-register", list, op(0, "read", "nil", "[1 2]"));
        String map = op(0, "write", "{0 1}", "{0 1}");
        guesses(ExitCode.PASSED, "cas-register", map, op(0, "read", "nil", "{0 1}"));
        guesses(ExitCode.SAFETY_VIOLATED, "cas-register", write, op(0, "read", "nil", "[3]"));
    }

    @Test
    void whatNemesesDoIsNoReasonToGuess() throws IOException {
        String nemesis = "{:process :nemesis, :type :info, :f :compact, :value #object[a 0x1]}\n";
        guesses(ExitCode.PASSED, "cas-register", nemesis, op(0, "write", "1", "1"), nemesis);
    }

    /** Adds that were acknowledged while somebody read need not be in what was read. */
    @Test
    void setsAreReadAtTheEndOrAllAlong() throws IOException {
        String add = op(0, "add", "1", "1");
        guesses(ExitCode.PASSED, "set", add, op(1, "read", "nil", "[1]"));
        String read = op(1, "read", "nil", "[1]");
        guesses(ExitCode.PASSED, "set-full", add, read, op(0, "add", "2", "2"));
        guesses(ExitCode.SAFETY_VIOLATED, "set-full", add, op(0, "read", "nil", "[]"), add);
        guesses(ExitCode.PASSED, "counter", add, add);
        String remove = op(0, "remove", "1", "1");
        String none = op(1, "read", "nil", "[]");
        guesses(ExitCode.PASSED, "linearizable-set", add, read, remove, none);
    }

    @Test
    void modelThatOperationsDoNotTellMustBeNamed() throws IOException {
        Path adds = file("adds.edn", op(0, "add", "1", "1"));
        Path strange = file("strange.edn", op(0, "read", "nil", "1") + op(0, "swap", "1", "1"));
        for (Path file : new Path[] {adds, strange}) {
            Session session = Session.of("check", file);
            assertEquals(ExitCode.USAGE, session.exitCode(), session.out());
            assertTrue(session.err().contains("name the model with --model"), session.err());
        }
        answers(
                ExitCode.PASSED,
                "counter",
                Session.of("check", adds, "--model", "counter", "--json"));
    }

    @Test
    void firstValueOfARegisterIsAsEdnWritesIt() throws IOException {
        Path file = file("r.edn", op(0, "read", "nil", "[1 :a]"));
        Session session = Session.of("check", file, "--initial", "[1 :a]", "--json");
        answers(ExitCode.PASSED, "cas-register", session);
        Path many = file("m.edn", op(0, "txn", "nil", "[[:read :x 1] [:read :y 2]]"));
        Session map = Session.of("check", many, "--initial", "{:x 1, :y 2}", "--json");
        answers(ExitCode.PASSED, "multi-register", map);
        answers(ExitCode.SAFETY_VIOLATED, "multi-register", Session.of("check", many, "--json"));
    }

    @Test
    void independentKeysAreJudgedOneByOne() throws IOException {
        String tagged = "#jepsen.independent/tuple ";
        String first = op(0, "write", tagged + "[:x 1]", tagged + "[:x 1]");
        Path tuples =
                file("t.edn", first + op(1, "read", tagged + "[:y nil]", tagged + "[:y nil]"));
        answers(ExitCode.PASSED, "cas-register", Session.of("check", tuples, "--json"));
        Path pairs =
                file("p.edn", op(0, "write", "[0 1]", "[0 1]") + op(1, "read", "[0 nil]", "[0 2]"));
        Session session = Session.of("check", pairs, "--independent", "--json");
        answers(ExitCode.SAFETY_VIOLATED, "cas-register", session);
    }

    @Test
    void contractsAreHistoriesToo() throws IOException {
        String changes =
                """
                {"kind":"change","revision":2,"key":"a","value":"x","previous":null}
                {"kind":"change","revision":3,"key":"a","value":"y","previous":"x"}
                {"kind":"watch","watch":1,"from":"a","start":1}
                {"kind":"told","watch":1,"changes":[{"revision":2,"key":"a","value":"x"}]}
                """;
        String told =
                "{\"kind\":\"told\",\"watch\":1,\"changes\":[{\"revision\":3,\"key\":\"a\",\"value\":\"y\"}]}\n";
        String quiet = "{\"kind\":\"quiet\",\"watch\":1,\"revision\":3}\n";
        Path right = file("right.jsonl", changes + told + quiet);
        answers(ExitCode.PASSED, "contracts", Session.of("check", right, "--json"));
        Session little = Session.of("check", right, "--memory", "0k", "--json");
        answers(ExitCode.UNKNOWN, "contracts", little);
        assertEquals("out of memory", little.json("reason"));
        Session missed = Session.of("check", file("missed.jsonl", changes + quiet), "--json");
        answers(ExitCode.SAFETY_VIOLATED, "contracts", missed);
        assertEquals("M24", missed.json("rule"));
        Path lease =
                file(
                        "lease.jsonl",
                        """
                        {"kind":"granted","lease":7,"at":0,"ttl":10}
                        {"kind":"expired","lease":7,"at":5}
                        """);
        assertEquals("M30", Session.of("check", lease, "--json").json("rule"));
        Path lock =
                file(
                        "lock.jsonl",
                        """
                        {"kind":"holding","lock":"l","owner":"a","token":1,"from":0,"to":10}
                        {"kind":"holding","lock":"l","owner":"b","token":2,"from":9,"to":12}
                        """);
        assertEquals("M33", Session.of("check", lock, "--json").json("rule"));
    }

    @Test
    void pageAndOrderAreWritten() throws IOException {
        Path page = folder.resolve("page.html");
        Path file = file("r.edn", op(0, "write", "1", "1") + op(1, "read", "nil", "1"));
        Session session =
                Session.of("check", file, "--explain", "--html", page, "--algorithm", "jit");
        assertEquals(ExitCode.PASSED, session.exitCode(), session.err());
        assertTrue(session.out().contains("an order that explains all answers:"), session.out());
        assertTrue(Files.readString(page).contains("Every answer can be explained"));
    }

    @Test
    void compactFormIsWrittenAndReadBack() throws IOException {
        Path compact = folder.resolve("r.wwh");
        Path file = file("r.edn", op(0, "write", "1", "1") + op(1, "read", "nil", "2"));
        Session.of("check", file, "--compact", compact);
        Session again = Session.of("check", compact, "--model", "register", "--json");
        answers(ExitCode.SAFETY_VIOLATED, "register", again);
        assertEquals("2", again.json("operations"));
    }

    @Test
    void methodThatCantJudgeAnswersFour() throws IOException {
        Path file = file("r.edn", op(0, "write", "1", "1"));
        Session session = Session.of("check", file, "--algorithm", "revision", "--json");
        answers(ExitCode.UNKNOWN, "cas-register", session);
    }

    @Test
    void memoryThatIsTooLittleAnswersFourWhateverTheModel() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            many.append(op(0, "add", Integer.toString(i), Integer.toString(i)));
        }
        Path file = file("many.edn", many + op(1, "read", "nil", "44850"));
        for (String model : new String[] {"counter", "linearizable-counter"}) {
            Session enough = Session.of("check", file, "--model", model, "--memory", "64m");
            assertEquals(ExitCode.PASSED, enough.exitCode(), enough.out());
            Session session =
                    Session.of("check", file, "--model", model, "--memory", "1k", "--json");
            answers(ExitCode.UNKNOWN, model, session);
            assertEquals("unknown", session.json("valid"));
            assertEquals("out of memory", session.json("reason"));
        }
        for (String size : new String[] {"1", "k", "-1k", "1.5g", "many", "9999999999g"}) {
            String expected = "--memory: expected a size such as 512m";
            refused(expected, "check", file, "--memory=" + size);
            refused(expected, "elle", file, "--memory=" + size);
        }
        refused("--timeout: expected a duration", "elle", file, "--timeout", "0s");
    }

    @Test
    void mistakesAreOneSentenceAndSixtyFour() throws IOException {
        Path file = file("r.edn", op(0, "write", "1", "1"));
        refused("(did you mean cas-register?).", "check", file, "--model", "cas-regster");
        refused(
                "--initial is for registers, not for set.",
                "check",
                file,
                "--model",
                "set",
                "--initial",
                "1");
        refused("--initial: expected one value", "check", file, "--initial", "1 2");
        refused(
                "--algorithm: expected auto, wgl, jit or revision",
                "check",
                file,
                "--algorithm",
                "x");
        refused(
                "--format: expected edn, json, porcupine, binary or sessions",
                "check",
                file,
                "--format",
                "x");
        refused(
                "--group-size must be at least 1",
                "check",
                file,
                "--model",
                "bank",
                "--group-size",
                0);
        refused(
                "cas-register",
                "check",
                file("odd.edn", op(0, "fly", "1", "1")),
                "--model",
                "cas-register");
        Path lists = file("lists.edn", op(0, "txn", "[[:append 1 1]]", "[[:append 1 1]]"));
        refused("./whitewater elle judges them", "check", lists);
        Path broken = file("broken.edn", "{:process 0, :type :invoke, :f :read, :value [1 2}\n");
        refused("broken.edn:1:50: expected", "check", broken);
        Path contract = file("c.jsonl", "{\"kind\":\"change\",\"revision\":\"two\",\"key\":\"a\"}");
        refused("c.jsonl:1:1: expected \"revision\" with a whole number", "check", contract);
    }

    private static void refused(String sentence, Object... words) {
        Session session = Session.of(words);
        assertEquals(ExitCode.USAGE, session.exitCode(), session.out() + session.err());
        assertEquals("", session.out());
        assertTrue(session.errIsOneLine(), session.err());
        assertTrue(session.err().contains(sentence), session.err());
    }
}
