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
 * column, what was expected there and what was found.
 */
public final class HistoryReader {
    private static final int HEAD = 4096;

    private HistoryReader() {}

    /** Reads a history in the form that its first bytes look like. */
    public static History read(ByteSource source) {
        Head head = Head.of(source);
        return read(head.whole(source), head.format(), head);
    }

    /** Reads a history in this form. */
    public static History read(ByteSource source, Format format) {
        Head head = Head.of(source);
        return read(head.whole(source), format, head);
    }

    /** A history from a text, for tests. */
    public static History parse(String text) {
        return read(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static History read(ByteSource source, Format format, Head head) {
        return switch (format) {
            case EDN -> new EventReader(new EdnScanner(source)).read();
            case BINARY -> BinaryForm.read(source);
            case PORCUPINE -> new LogReader().read(text(source));
            case JSON -> {
                JsonScanner scanner = new JsonScanner(source);
                yield head.isRunFolder()
                        ? new RunFolderReader(scanner).read()
                        : new EventReader(scanner).read();
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

    /** The first bytes of a file, read ahead to see what it is. */
    private record Head(String start, ByteSource unread) {
        static Head of(ByteSource source) {
            byte[] bytes = new byte[HEAD];
            int length = 0;
            while (length < HEAD) {
                int count = source.read(bytes, length, HEAD - length);
                if (count <= 0) {
                    break;
                }
                length += count;
            }
            byte[] read = java.util.Arrays.copyOf(bytes, length);
            return new Head(new String(read, StandardCharsets.UTF_8), ByteSource.of(read));
        }

        ByteSource whole(ByteSource rest) {
            return (buffer, offset, length) -> {
                int count = unread.read(buffer, offset, length);
                return count > 0 ? count : rest.read(buffer, offset, length);
            };
        }

        Format format() {
            String text = start.strip();
            if (text.startsWith("WWH1")) {
                return Format.BINARY;
            }
            if (text.startsWith("INFO") || text.contains("jepsen.util - ")) {
                return Format.PORCUPINE;
            }
            String inside = text.startsWith("[") ? text.substring(1).strip() : text;
            boolean json = inside.startsWith("{") && inside.substring(1).strip().startsWith("\"");
            return json ? Format.JSON : Format.EDN;
        }

        boolean isRunFolder() {
            int end = start.indexOf('\n');
            String line = end < 0 ? start : start.substring(0, end);
            return line.contains("\"kind\"") && line.contains("\"outcome\"");
        }
    }
}
