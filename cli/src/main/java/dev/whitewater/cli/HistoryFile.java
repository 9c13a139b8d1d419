package dev.whitewater.cli;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.format.FileHead;
import dev.whitewater.checker.format.Format;
import dev.whitewater.scenarios.io.Wording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** A file that a checker reads, and the sentence when it can't be read. */
record HistoryFile(Path path, String format) {
    private static final List<String> FORMATS =
            List.of("edn", "json", "porcupine", "binary", "sessions");

    /**
     * Reads the file as {@code reader} does.
     *
     * @param reader gets the whole file and its first bytes
     */
    <T> T read(BiFunction<ByteSource, FileHead, T> reader) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Refused.usage(
                    path
                            + ": expected a history, found "
                            + (Files.isDirectory(path) ? "a folder." : "no such file."));
        }
        try (InputStream in = Files.newInputStream(path)) {
            ByteSource source = ByteSource.of(in);
            FileHead head = FileHead.of(source);
            return reader.apply(head.whole(source), head);
        } catch (HistoryFormatException e) {
            throw Refused.usage(path + ":" + e.getMessage() + ".");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The form the user named, or the one that the file looks like. */
    Format format(FileHead head) {
        if (format.isEmpty()) {
            return head.format();
        }
        oneOf("--format", format, FORMATS);
        return Format.valueOf(format.toUpperCase(Locale.ROOT));
    }

    /** Refuses a value that isn't known, with the nearest one that is. */
    static void oneOf(String option, String value, List<String> known) {
        if (!known.contains(value)) {
            throw Refused.usage(
                    option
                            + ": expected "
                            + Wording.anyOf(known)
                            + ", found \""
                            + value
                            + "\""
                            + Wording.didYouMean(value, known)
                            + ".");
        }
    }
}
