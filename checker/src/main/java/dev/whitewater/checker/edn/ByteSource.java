package dev.whitewater.checker.edn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Where a scanner gets its bytes from: a file, or an array in a test or in a browser. */
@FunctionalInterface
public interface ByteSource {
    /** Fills part of {@code buffer}; returns how many bytes, at least one, or -1 at the end. */
    int read(byte[] buffer, int offset, int length);

    static ByteSource of(byte[] bytes) {
        int[] position = {0};
        return (buffer, offset, length) -> {
            int count = Math.min(length, bytes.length - position[0]);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(bytes, position[0], buffer, offset, count);
            position[0] += count;
            return count;
        };
    }

    /** Reads a stream; the caller closes it. */
    static ByteSource of(InputStream stream) {
        return (buffer, offset, length) -> {
            try {
                return stream.read(buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
