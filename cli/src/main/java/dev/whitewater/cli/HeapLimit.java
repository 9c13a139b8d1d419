package dev.whitewater.cli;

import dev.whitewater.scenarios.io.Json;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Judging counts its memory, reading doesn't: a history that doesn't even fit into the heap is
 * unknown as well, with what to do about it.
 */
final class HeapLimit {
    private static final int MEGA_BITS = 20;

    private HeapLimit() {}

    /** A command's work, which answers an exit code. */
    interface Work {
        int run() throws IOException;
    }

    static int guard(Screen screen, Path file, boolean json, Work work) throws IOException {
        try {
            return work.run();
        } catch (OutOfMemoryError e) {
            String reason =
                    "a heap of "
                            + (Runtime.getRuntime().maxMemory() >> MEGA_BITS)
                            + " MB is too small for this history; WHITEWATER_JAVA_OPTS=-Xmx… makes"
                            + " it larger";
            screen.line(
                    json
                            ? Json.object(
                                    out -> out.text("valid", "unknown").text("reason", reason))
                            : screen.doubtful("UNKNOWN") + "  " + file + ": " + reason);
            return ExitCode.UNKNOWN;
        }
    }
}
