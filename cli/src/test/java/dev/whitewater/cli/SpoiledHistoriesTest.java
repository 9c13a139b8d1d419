package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Whatever is done to a file, the answer is a verdict or one sentence, never a crash. */
class SpoiledHistoriesTest {
    private static final int ROUNDS = 2;
    private static final String[] PIECES = {
        "nil",
        "[",
        "]",
        "{",
        "}",
        "7",
        "-1",
        ":ok",
        ":info",
        ":fail",
        "\"",
        "#{1}",
        "[]",
        "[[]]",
        "[:r]",
        "[:w 1]",
        " ",
        "\n",
        ";",
        "#_",
        "1e9",
        "99999999999999999999",
        ":read",
        ":txn",
        "{1 nil}",
        "\u0000"
    };

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> spoiledFileNeverBreaksTheTool() throws IOException {
        return CommittedHistoriesTest.rows()
                .map(row -> DynamicTest.dynamicTest(row.file(), () -> spoil(row)));
    }

    private void spoil(CommittedHistoriesTest.Row row) throws IOException {
        Random random = new Random(row.file().hashCode());
        String text = Files.readString(row.path());
        for (int round = 0; round < ROUNDS; round++) {
            Path file = folder.resolve("spoiled-" + round + ".edn");
            Files.writeString(file, spoiled(text, random));
            List<Object> words = new ArrayList<>(List.of(row.command(), file));
            words.addAll(List.of(row.options().split(" ")));
            words.addAll(List.of("--html", folder.resolve("page.html")));
            Session session = Session.of(words.toArray());
            assertFalse(
                    session.exitCode() == ExitCode.HARNESS_FAILED,
                    () -> session.err() + Files.exists(file) + read(file));
            if (session.exitCode() == ExitCode.USAGE) {
                assertEquals("", session.out());
                assertTrue(session.errIsOneLine(), session.err());
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A piece put in, taken out, or put in place of another; a token replaced half of the time. */
    private static String spoiled(String text, Random random) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        if (random.nextBoolean()) {
            String[] tokens = text.split("(?=[ \\[\\]{}])|(?<=[ \\[\\]{}])", -1);
            tokens[random.nextInt(tokens.length)] = piece;
            return String.join("", tokens);
        }
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        return text.substring(0, at) + (random.nextBoolean() ? piece : "") + text.substring(end);
    }

    @TestFactory
    Stream<DynamicTest> binaryNoiseIsRefused() {
        return Stream.of(
                        "WWH2",
                        "WWH2\u0001\u0002\u0003",
                        "INFO",
                        "[",
                        "\u0000\u0001",
                        "{",
                        "w 1 1 1")
                .map(
                        text ->
                                DynamicTest.dynamicTest(
                                        text.replace('\u0000', '0'),
                                        () -> {
                                            Path file = folder.resolve("noise");
                                            Files.writeString(file, text, StandardCharsets.UTF_8);
                                            assertEquals(
                                                    ExitCode.USAGE,
                                                    Session.of("check", file).exitCode());
                                            assertEquals(
                                                    ExitCode.USAGE,
                                                    Session.of("elle", file).exitCode());
                                        }));
    }
}
