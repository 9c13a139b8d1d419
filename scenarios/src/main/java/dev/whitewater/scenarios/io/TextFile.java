package dev.whitewater.scenarios.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that should hold text: read whole, in UTF-8 whatever the machine prefers. */
final class TextFile {
    private static final long LARGEST = 1L << 30;

    private TextFile() {}

    /** The bytes of a file that {@code what} (an article and a noun) should be in. */
    static byte[] read(Path path, String what) {
        Place start = new Place(path.toString(), 1, 1);
        try {
            if (Files.isDirectory(path)) {
                throw InputRefused.expected(start, "", what, "a folder");
            }
            if (Files.size(path) > LARGEST) {
                throw InputRefused.expected(start, "", what, "a file of more than 1 GiB");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw InputRefused.expected(start, "", what, "no such file");
        } catch (IOException e) {
            throw InputRefused.expected(
                    start, "", what, "a file that can't be read (" + e.getMessage() + ")");
        }
    }

    /** The text, or a refusal that names the first byte that is not part of one. */
    static String decode(String file, byte[] bytes, String what) {
        if (bytes.length == 0) {
            throw new InputRefused(
                    new Place(file, 1, 1), "expected " + what + ", found an empty file");
        }
        refuseBinary(file, bytes, what);
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = decoder.decode(in).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw InputRefused.expected(
                    placeOf(file, bytes, in.position()),
                    "",
                    what + " in UTF-8",
                    "the byte " + hex(bytes[Math.min(in.position(), bytes.length - 1)]));
        }
    }

    private static void refuseBinary(String file, byte[] bytes, String what) {
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                throw InputRefused.expected(
                        placeOf(file, bytes, i),
                        "",
                        what + " (text in UTF-8)",
                        "binary data (the byte " + hex(bytes[i]) + ")");
            }
        }
    }

    private static Place placeOf(String file, byte[] bytes, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean newLine = bytes[i] == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Place(file, line, column);
    }

    private static String hex(byte b) {
        String digits = Integer.toHexString(b & 0xff);
        return "0x" + (digits.length() == 1 ? "0" : "") + digits;
    }
}
