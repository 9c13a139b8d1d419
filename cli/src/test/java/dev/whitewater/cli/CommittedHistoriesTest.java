package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The repository's own histories, one right and one wrong per model and one per anomaly, each with
 * what must be found: judged as a user would, by the command line.
 */
class CommittedHistoriesTest {
    private static final Path FOLDER = Path.of("../checker/src/test/resources/histories");

    /** A line of the index. */
    record Row(String file, String options, String valid, String finds, String not) {

        static Row of(String line) {
            String[] columns = line.split("\t", -1);
            return new Row(columns[0], columns[1], columns[2], columns[3], columns[4]);
        }

        String command() {
            return file.substring(0, file.indexOf('/'));
        }

        Path path() {
            return FOLDER.resolve(file);
        }

        Session judged() {
            List<Object> words = new ArrayList<>(List.of(command(), path()));
            words.addAll(List.of(options.split(" ")));
            words.add("--json");
            return Session.of(words.toArray());
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(FOLDER.resolve("INDEX.tsv")).stream().skip(1).map(Row::of);
    }

    @TestFactory
    Stream<DynamicTest> everyHistoryIsJudgedAsTheIndexSays() throws IOException {
        return rows().map(row -> DynamicTest.dynamicTest(row.file(), () -> judge(row)));
    }

    private static void judge(Row row) {
        Session session = row.judged();
        assertEquals(row.valid(), session.json("valid"), session.out() + session.err());
        int exitCode =
                switch (row.valid()) {
                    case "true" -> ExitCode.PASSED;
                    case "false" -> ExitCode.SAFETY_VIOLATED;
                    default -> ExitCode.UNKNOWN;
                };
        assertEquals(exitCode, session.exitCode());
        if (row.file().startsWith("elle/")) {
            assertEquals(row.finds(), list(session.out(), "anomalyTypes"));
            assertEquals(row.not(), list(session.out(), "not"));
        } else if (!row.finds().isEmpty()) {
            assertEquals(row.finds(), session.json("rule"));
        }
    }

    private static String list(String json, String name) {
        Matcher list = Pattern.compile("\"" + name + "\":\\[([^]]*)]").matcher(json);
        return list.find() ? list.group(1).replace("\"", "").replace(',', ' ') : "(none)";
    }

    @Test
    void everyModelHasARightAndAWrongHistory() throws IOException {
        List<Row> rows = rows().toList();
        for (String model : CheckModel.NAMES) {
            if (model.equals("contracts") || model.startsWith("linearizable-")) {
                continue;
            }
            for (String valid : List.of("true", "false")) {
                boolean there =
                        rows.stream()
                                .filter(row -> row.valid().equals(valid))
                                .anyMatch(
                                        row ->
                                                (row.options() + " ")
                                                        .contains("--model " + model + " "));
                assertTrue(there, model + " " + valid);
            }
        }
    }
}
