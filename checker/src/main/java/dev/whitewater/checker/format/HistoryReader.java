package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.EdnScanner;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.history.History;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads histories from files. What can't be read is a {@link HistoryFormatException} with line,
 * column, what was expected there and what was found. A queue's answered {@code drain} is read as
 * the dequeues that it consists of.
 */
public final class HistoryReader {
    private HistoryReader() {}

    /** Reads a history in the form that its first bytes look like. */
    public static History read(ByteSource source) {
        FileHead head = FileHead.of(source);
        return read(head.whole(source), head.format(), head);
    }

    /** Reads a history in this form. */
    public static History read(ByteSource source, Format format) {
        FileHead head = FileHead.of(source);
        return read(head.whole(source), format, head);
    }

    /**
     * Reads events whose values are pairs of a key and its value, as Jepsen's independent tests.
     */
    public static History readPairs(ByteSource source, Format format) {
        return switch (format) {
            case EDN -> Drains.expanded(new EventReader(new EdnScanner(source), true).read());
            case JSON -> Drains.expanded(new EventReader(new JsonScanner(source), true).read());
            case PORCUPINE, BINARY, SESSIONS ->
                    throw new IllegalArgumentException("events only: " + format);
        };
    }

    /** A history from a text, for tests. */
    public static History parse(String text) {
        return read(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static History read(ByteSource source, Format format, FileHead head) {
        return switch (format) {
            case EDN -> Drains.expanded(new EventReader(new EdnScanner(source), false).read());
            case BINARY -> BinaryForm.read(source);
            case SESSIONS ->
                    throw new HistoryFormatException(
                            1, 1, "operations with calls and returns", "sessions of transactions");
            case PORCUPINE -> Drains.expanded(new LogReader().read(text(source)));
            case JSON -> {
                JsonScanner scanner = new JsonScanner(source);
                yield head.isRunFolder()
                        ? new RunFolderReader(scanner).read()
                        : Drains.expanded(new EventReader(scanner, false).read());
            }
        };
    }

    private static String text(ByteSource source) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        int count = source.read(buffer, 0, buffer.length);
        while (count > 0) {
            all.write(buffer, 0, count);
            count = source.read(buffer, 0, buffer.length);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
