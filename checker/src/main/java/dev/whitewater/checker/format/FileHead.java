package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The first bytes of a file, read ahead to see what it is.
 *
 * @param start those bytes as a text
 * @param unread the same, to be read again
 */
public record FileHead(String start, ByteSource unread) {
    private static final int LENGTH = 1 << 14;

    /** A first line as {@code w 3 7} or {@code r(3,7,0,0)}. */
    private static final Pattern SESSIONS =
            Pattern.compile("^[rw]([ \\t]+-?\\d+[ \\t]+-?\\d+[ \\t]*(\\R|$)|\\([-\\d, ]+\\))");

    /** What stands before an operation in a line of Jepsen's log. */
    private static final Pattern LOGGED = Pattern.compile("jepsen\\.util( - |: )\\S+\\s+:");

    /** Reads the head off the source. */
    public static FileHead of(ByteSource source) {
        byte[] bytes = new byte[LENGTH];
        int length = 0;
        while (length < LENGTH) {
            int count = source.read(bytes, length, LENGTH - length);
            if (count <= 0) {
                break;
            }
            length += count;
        }
        byte[] read = Arrays.copyOfRange(bytes, isMarked(bytes) ? 3 : 0, length);
        return new FileHead(new String(read, StandardCharsets.UTF_8), ByteSource.of(read));
    }

    /** Whether it starts with the mark that some editors put before UTF-8; it is no part of it. */
    private static boolean isMarked(byte[] bytes) {
        return bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    /** Head and rest, from the beginning. */
    public ByteSource whole(ByteSource rest) {
        return (buffer, offset, length) -> {
            int count = unread.read(buffer, offset, length);
            return count > 0 ? count : rest.read(buffer, offset, length);
        };
    }

    /** The form that the head looks like. */
    public Format format() {
        String text = start.strip();
        if (text.startsWith("WWH")) {
            return Format.BINARY;
        }
        if (text.startsWith("INFO") || LOGGED.matcher(text).find()) {
            return Format.PORCUPINE;
        }
        if (SESSIONS.matcher(text).find()) {
            return Format.SESSIONS;
        }
        String inside = text.startsWith("[") ? text.substring(1).strip() : text;
        boolean json = inside.startsWith("{") && inside.substring(1).strip().startsWith("\"");
        return json ? Format.JSON : Format.EDN;
    }

    /** Whether these are the operations of a run folder, one per line. */
    public boolean isRunFolder() {
        int end = start.indexOf('\n');
        String line = end < 0 ? start : start.substring(0, end);
        return line.contains("\"kind\"") && line.contains("\"outcome\"");
    }
}
