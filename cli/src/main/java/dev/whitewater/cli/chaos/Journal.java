package dev.whitewater.cli.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What clients did, as events of {@code docs/formats/history.md} in JSON lines. The order of the
 * lines is real time: a call is written down before it is sent, a return after it came.
 */
final class Journal implements AutoCloseable {

    private final BufferedWriter out;
    private final long started = System.nanoTime();
    private long index;
    private long acknowledgedWrites;
    private long operations;

    Journal(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** {@code value} is JSON: a number, a pair or null. */
    synchronized void invoke(long process, String function, String key, String value) {
        operations++;
        event(process, "invoke", function, key, value, 0);
    }

    /** {@code type} is ok, fail or info; {@code revision} 0 if none was told. */
    synchronized void returns(Call call, String type, String value, long revision) {
        if (type.equals("ok") && !call.function().equals("get")) {
            acknowledgedWrites++;
        }
        event(call.process(), type, call.function(), call.key(), value, revision);
    }

    /** What a return belongs to. */
    record Call(long process, String function, String key) {}

    private void event(
            long process, String type, String function, String key, String value, long revision) {
        try {
            out.write("{\"index\":" + index + ",\"process\":" + process + ",\"type\":\"" + type);
            out.write("\",\"f\":\"" + function + "\",\"key\":\"" + key + "\",\"value\":" + value);
            if (revision > 0) {
                out.write(",\"revision\":" + revision);
            }
            out.write(",\"time\":" + (System.nanoTime() - started) + "}\n");
            index++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized long acknowledgedWrites() {
        return acknowledgedWrites;
    }

    synchronized long operations() {
        return operations;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
