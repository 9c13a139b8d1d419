package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Histories that other checkers judged, when their folder is there: beside the repository or where
 * WHITEWATER_HISTORIES says. What the repository's own tests need is in {@link ListAppendTest} and
 * {@link RwRegisterTest}.
 */
class SharedHistoriesTest {
    private static final int FILE = 0;
    private static final int MODEL = 2;
    private static final int FORMAT = 3;
    private static final int EXPECTED = 4;
    private static final int NOTE = 8;
    private static final Pattern NAME = Pattern.compile(":?([A-Za-z0-9][-A-Za-z0-9.+]*)");

    @TestFactory
    Stream<DynamicTest> everyTransactionalHistoryGetsItsExpectedVerdict() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return Stream.empty();
        }
        return Files.readAllLines(folder.get().resolve("INDEX.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(SharedHistoriesTest::isTransactional)
                .map(row -> dynamicTest(row[FILE], () -> judge(folder.get(), row)));
    }

    private static boolean isTransactional(String[] row) {
        boolean readable = row[FORMAT].startsWith("edn") || row[FORMAT].equals("json");
        return readable && (row[MODEL].equals("list-append") || row[MODEL].equals("rw-register"));
    }

    static Optional<Path> folder() {
        String given = System.getenv("WHITEWATER_HISTORIES");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("histories");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static void judge(Path folder, String[] row) throws IOException {
        Workload workload = Workload.named(row[MODEL]);
        ByteSource bytes = ByteSource.of(Files.readAllBytes(folder.resolve(row[FILE])));
        TransactionHistory history =
                row[FORMAT].equals("json")
                        ? HistoryReader.json(bytes, workload)
                        : HistoryReader.edn(bytes, workload);
        ElleOptions options = options(row[NOTE]);
        ElleResult result =
                workload == Workload.LIST_APPEND
                        ? ListAppend.check(history, options)
                        : RwRegister.check(history, options);
        assertEquals(row[EXPECTED], result.verdict().label(), result::toString);
        if (row[NOTE].startsWith("opts=")) {
            assertEquals(part(row[NOTE], "anomalies"), sorted(result.anomalyTypes()));
            assertEquals(part(row[NOTE], " not"), labels(result.not()));
            assertEquals(part(row[NOTE], "also-not"), labels(result.alsoNot()));
        }
    }

    private static ElleOptions options(String note) {
        ElleOptions options = ElleOptions.defaults();
        if (!note.startsWith("opts=")) {
            return options;
        }
        String given = note.substring(0, note.indexOf("} anomalies="));
        Matcher models = Pattern.compile(":consistency-models (nil|\\[[^]]*])").matcher(given);
        if (models.find()) {
            options =
                    options.expecting(
                            names(models.group(1)).stream()
                                    .map(ConsistencyModel::named)
                                    .toArray(ConsistencyModel[]::new));
        }
        Matcher anomalies = Pattern.compile(":anomalies (\\[[^]]*])").matcher(given);
        if (anomalies.find()) {
            options =
                    options.without(
                            names(anomalies.group(1)).stream()
                                    .map(Anomaly::named)
                                    .toArray(Anomaly[]::new));
        }
        return options.assuming(
                new Keys(
                        given.contains(":sequential-keys? true"),
                        given.contains(":linearizable-keys? true"),
                        given.contains(":wfr-keys? true"),
                        false));
    }

    private static TreeSet<String> part(String note, String name) {
        Matcher part =
                Pattern.compile(Pattern.quote(name) + "=(nil|\\[[^]]*]|#\\{[^}]*})").matcher(note);
        return part.find() ? new TreeSet<>(names(part.group(1))) : new TreeSet<>();
    }

    private static List<String> names(String text) {
        return text.equals("nil")
                ? List.of()
                : NAME.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static TreeSet<String> sorted(List<String> names) {
        return new TreeSet<>(names);
    }

    private static TreeSet<String> labels(List<ConsistencyModel> models) {
        return new TreeSet<>(models.stream().map(ConsistencyModel::label).toList());
    }
}
