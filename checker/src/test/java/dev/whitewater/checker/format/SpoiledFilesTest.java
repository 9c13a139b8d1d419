package dev.whitewater.checker.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ListAppend;
import dev.whitewater.checker.elle.RwRegister;
import dev.whitewater.checker.elle.SessionText;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.port.CountedBudget;
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.runner.GeneratedKv;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.WorkloadOptions;
import dev.whitewater.checker.workload.Workloads;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Files with bytes changed, lost, doubled or put in: each is a history that can be judged, or there
 * is a sentence that says where it isn't one. Never anything else.
 */
class SpoiledFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/histories");
    private static final List<String> MODELS =
            List.of(
                    "register",
                    "cas-register",
                    "multi-register",
                    "kv",
                    "etcd",
                    "mutex",
                    "fenced-mutex",
                    "queue",
                    "fifo-queue",
                    "linearizable-set",
                    "linearizable-counter");
    private static final List<String> PIECES =
            List.of(
                    "nil",
                    "[",
                    "]",
                    "{",
                    "}",
                    "(",
                    ")",
                    "#{",
                    "#_",
                    "#a ",
                    "\"",
                    "\\",
                    "\\u00",
                    ":ok",
                    ":info",
                    ":fail",
                    ":invoke",
                    ":process",
                    " -1",
                    " 0 ",
                    "7",
                    "1e400",
                    "99999999999999999999",
                    "-9223372036854775808",
                    "\u0000",
                    "\u00ff",
                    "null",
                    "true",
                    ",",
                    ":",
                    "\n",
                    "\r\n",
                    ";",
                    "##NaN",
                    "WWH2",
                    "^{:a 1}");

    private static final List<byte[]> FILES = files();

    private static List<byte[]> files() {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            for (Path path :
                    paths.filter(each -> each.toString().endsWith(".edn")).sorted().toList()) {
                files.add(Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] kv = new GeneratedKv(new GeneratedKv.Shape(30, 3, 4, 100, false), 1).edn();
        byte[] etcd = new GeneratedEtcd(new GeneratedEtcd.Shape(30, 4, 3, 100, false), 1).jsonl();
        files.add(kv);
        files.add(etcd);
        files.add(compact(kv));
        files.add(compact(etcd));
        files.add(
                text(
                        """
                        INFO  jepsen.util - 0 :invoke :write 1
                        INFO  jepsen.util - 0 :ok :write 1
                        """));
        files.add(text("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n"));
        files.add(
                text(
                        """
                        {"op":0,"client":3,"invoke":5,"return":9,"kind":"txn","key":"","outcome":"ok","transaction":[["append","x",1]]}
                        """));
        files.add(text("w 1 1\n-----\nr 1 1\n=====\nr 1 0\nw(1,2,3,4)\n"));
        files.add(
                text(
                        """
                        {"kind":"watch","watch":1,"from":"a","start":1}
                        {"kind":"told","watch":1,"changes":[{"revision":2,"key":"a","value":"x"}]}
                        {"kind":"granted","lease":7,"at":0,"ttl":10}
                        """));
        return List.copyOf(files);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compact(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryForm.write(HistoryReader.read(ByteSource.of(file)), out);
        return out.toByteArray();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void spoiledFileIsJudgedOrRefusedWithItsPlace(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] file = FILES.get(random.nextInt(FILES.size()));
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            file = spoiled(file, random);
        }
        judgeAll(file, random);
    }

    private static byte[] spoiled(byte[] file, Random random) {
        int at = random.nextInt(file.length + 1);
        int end = Math.min(file.length, at + random.nextInt(16));
        byte[] between =
                switch (random.nextInt(6)) {
                    case 0 -> new byte[] {(byte) random.nextInt(256)};
                    case 1 -> new byte[0];
                    case 2 -> Arrays.copyOfRange(file, at, end);
                    case 3 -> {
                        end = file.length;
                        yield new byte[0];
                    }
                    default -> text(PIECES.get(random.nextInt(PIECES.size())));
                };
        boolean instead = random.nextBoolean();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        out.writeBytes(between);
        int rest = instead ? end : at;
        out.write(file, rest, file.length - rest);
        return out.toByteArray();
    }

    /** By every reader that may be asked to read it, and some model. */
    private static void judgeAll(byte[] file, Random random) {
        tried(() -> judge(HistoryReader.read(ByteSource.of(file)), random));
        tried(() -> judge(HistoryReader.readPairs(ByteSource.of(file), Format.EDN), random));
        tried(() -> ContractReader.read(ByteSource.of(file)).breaches());
        tried(() -> elle(SessionText.read(ByteSource.of(file))));
        for (Workload workload : Workload.values()) {
            tried(() -> elle(elleReader(file, workload, random)));
        }
    }

    private static TransactionHistory elleReader(byte[] file, Workload workload, Random random) {
        ByteSource source = ByteSource.of(file);
        return switch (random.nextInt(4)) {
            case 0 -> dev.whitewater.checker.elle.HistoryReader.json(source, workload);
            case 1 -> dev.whitewater.checker.elle.HistoryReader.runFolder(source, workload);
            default -> dev.whitewater.checker.elle.HistoryReader.edn(source, workload);
        };
    }

    private static void elle(TransactionHistory history) {
        ElleOptions options =
                ElleOptions.defaults()
                        .assuming(new ElleOptions.Keys(true, true, true, true))
                        .within(CountedBudget.looks(1000));
        if (history.workload() == Workload.LIST_APPEND) {
            ListAppend.check(history, options);
        } else {
            RwRegister.check(history, options);
        }
    }

    private static void judge(History history, Random random) {
        CountedBudget budget = new CountedBudget(200, 1 << 24);
        String model = MODELS.get(random.nextInt(MODELS.size()));
        tried(
                () ->
                        Linearizability.check(
                                history,
                                Models.byName(model, Value.NIL).orElseThrow(),
                                Options.DEFAULT.with(budget).explaining()));
        String workload = Workloads.NAMES.get(random.nextInt(Workloads.NAMES.size()));
        tried(() -> Workloads.check(workload, history, WorkloadOptions.DEFAULT.within(budget)));
    }

    /** All that may come of it besides a verdict: a place, or an operation, and a sentence. */
    private static void tried(Runnable reading) {
        try {
            reading.run();
        } catch (HistoryFormatException e) {
            assertTrue(e.line() > 0 && e.column() > 0, e.getMessage());
            assertTrue(!e.expected().isEmpty() && !e.got().isEmpty(), e.getMessage());
            assertTrue(e.getMessage().indexOf('\n') < 0, e.getMessage());
        } catch (UnsupportedOperation e) {
            assertTrue(e.getMessage().startsWith("operation "), e.getMessage());
        }
    }

    /** Its end tells a compact file that is whole. */
    @Test
    void compactFileThatIsCutAnywhereOrGoesOnIsRefused() {
        byte[] kv = new GeneratedKv(new GeneratedKv.Shape(40, 3, 4, 100, false), 2).edn();
        byte[] whole = compact(kv);
        assertEquals(40, HistoryReader.read(ByteSource.of(whole)).size());
        for (int length = 0; length < whole.length; length++) {
            ByteSource cut = ByteSource.of(Arrays.copyOf(whole, length));
            assertThrows(
                    HistoryFormatException.class, () -> HistoryReader.read(cut, Format.BINARY));
        }
        ByteSource longer = ByteSource.of(Arrays.copyOf(whole, whole.length + 1));
        HistoryFormatException error =
                assertThrows(HistoryFormatException.class, () -> HistoryReader.read(longer));
        assertEquals("the end of the file", error.expected());
    }

    @Test
    void compactFileThatPromisesTooMuchOrNestsTooDeepIsRefused() {
        // A count of 2^28 - 1 values, and nothing more.
        byte[] promise = {'W', 'W', 'H', '2', -1, -1, -1, 127};
        assertEquals("the end of the file", refused(promise).got());
        // One value: lists of one list each.
        byte[] deep = new byte[200_000];
        Arrays.fill(deep, (byte) 1);
        System.arraycopy(promise, 0, deep, 0, 4);
        for (int at = 5; at < deep.length; at += 2) {
            deep[at] = 8;
        }
        assertEquals("at most 1000 values within each other", refused(deep).expected());
    }

    /** Tag 12: packed. Within it 5 is a value before, 6 a list, 8 a map, 9 a tag. */
    @Test
    void packedValuesSpeakOnlyOfPlainOnesBefore() {
        String before = "the number of a value before";
        assertEquals(before, refused(values(1, 12, 5, 0)).expected());
        assertEquals(before, refused(values(2, 0, 12, 5, 1)).expected());
        assertEquals(
                "the number of a value that is not packed itself",
                refused(values(3, 0, 12, 6, 0, 12, 5, 1)).expected());
        assertEquals("a tag's text", refused(values(2, 1, 12, 9, 0, 0)).expected());
        assertEquals("a part's tag from 0 to 9", refused(values(1, 12, 10)).expected());
        assertEquals("the number of a row of names", refused(values(2, 0, 12, 8, 1)).expected());
        assertEquals(
                "every key of a map once",
                refused(values(2, 0, 12, 8, 0, 2, 0, 0, 0, 0)).expected());
        byte[] deep = new byte[200_000];
        Arrays.fill(deep, (byte) 1);
        System.arraycopy(values(1, 12), 0, deep, 0, 6);
        for (int at = 6; at < deep.length; at += 2) {
            deep[at] = 6;
        }
        assertEquals("at most 1000 values within each other", refused(deep).expected());
    }

    @Test
    void packedValueIsNoKeyNorClient() {
        // One value, an empty list; the function f; a call.
        byte[] file = values(2, 0, 12, 6, 0, 1, 1, 'f', 1, 1, 0, 0, 0, 0, 0);
        assertEquals("the number of a value that is not packed", refused(file).expected());
    }

    private static byte[] values(int... bytes) {
        byte[] file = Arrays.copyOf(new byte[] {'W', 'W', 'H', '2'}, 4 + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            file[4 + i] = (byte) bytes[i];
        }
        return file;
    }

    @Test
    void compactFileReturnsFromEveryOperationOnce() {
        History one =
                HistoryReader.parse(
                        """
                        {:process 0, :type :invoke, :f :read}
                        {:process 0, :type :ok, :f :read}
                        """);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryForm.write(one, out);
        byte[] whole = out.toByteArray();
        int size = 5;
        byte[] twice = Arrays.copyOf(whole, whole.length + size);
        System.arraycopy(whole, whole.length - 1 - size, twice, whole.length - 1, size);
        twice[twice.length - 1] = 0;
        assertEquals("an operation that hasn't returned", refused(twice).expected());
    }

    private static HistoryFormatException refused(byte[] file) {
        return assertThrows(
                HistoryFormatException.class,
                () -> HistoryReader.read(ByteSource.of(file), Format.BINARY));
    }
}
