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
record HistoryFile(Screen screen, Path path, String format) {
    private static final int CHUNK = 1 << 18;
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
        long chunks = Files.size(path) / CHUNK + 1;
        try (InputStream in = Files.newInputStream(path);
                Progress progress = new Progress(screen, "reading", chunks)) {
            ByteSource source = watched(ByteSource.of(in), progress);
            FileHead head = FileHead.of(source);
            return reader.apply(head.whole(source), head);
        } catch (HistoryFormatException e) {
            throw Refused.usage(path + ":" + e.getMessage() + ".");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Tells of every chunk that went by. */
    private static ByteSource watched(ByteSource source, Progress progress) {
        long[] bytes = new long[1];
        return (buffer, offset, length) -> {
            int count = source.read(buffer, offset, length);
            long before = bytes[0] / CHUNK;
            bytes[0] += Math.max(0, count);
            for (long chunk = before; chunk < bytes[0] / CHUNK; chunk++) {
                progress.step("");
            }
            return count;
        };
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
