package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The golden scenarios. {@code -Dgolden=update} rewrites their output; a change of behaviour shows
 * in review as a change of these files.
 */
final class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static List<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenarioPrintsWhatItPrintedWhenItWasReviewed(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String expected = Files.readString(file);
        String actual = Golden.run(expected);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, actual);
        } else {
            assertEquals(expected, actual, name + " (rewrite with -Dgolden=update)");
        }
    }

    /** A scenario whose name begins with {@code broken-} shows what a guard guards against. */
    @Test
    void onlyWhatIsSaidToBeBrokenEndsInAViolation() throws IOException {
        for (String name : scenarios()) {
            assertEquals(
                    name.startsWith("broken-"),
                    Files.readString(FOLDER.resolve(name)).contains("VIOLATION"),
                    name);
        }
    }
}
