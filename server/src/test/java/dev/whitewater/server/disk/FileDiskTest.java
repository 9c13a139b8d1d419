package dev.whitewater.server.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.server.metrics.Metrics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The contract of the port {@code Disk}, kept by a real folder. */
class FileDiskTest {

    @TempDir Path folder;

    private final List<DiskResult> results = Collections.synchronizedList(new ArrayList<>());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void run(DiskCommand... commands) {
        try (FileDisk disk = new FileDisk(folder, results::add, new Metrics())) {
            for (DiskCommand command : commands) {
                disk.submit(command);
            }
        }
    }

    @Test
    void commandsTakeEffectAndEndInTheOrderInWhichTheyCame() {
        run(
                new DiskCommand.Write(1, "a", 0, bytes("hello"), true),
                new DiskCommand.Write(2, "a", 5, bytes(" you"), true),
                new DiskCommand.Write(3, "b", 2, bytes("x"), true),
                new DiskCommand.Write(4, "a", 0, bytes("J"), false),
                new DiskCommand.Sync(5, "a"),
                new DiskCommand.Read(6, "a", 0, 100),
                new DiskCommand.Truncate(7, "a", 5),
                new DiskCommand.Truncate(8, "b", 4),
                new DiskCommand.Rename(9, "a", "c"),
                new DiskCommand.SyncDirectory(10),
                new DiskCommand.ListFiles(11),
                new DiskCommand.Delete(12, "b"),
                new DiskCommand.Read(13, "c", 1, 2));
        for (int i = 0; i < results.size(); i++) {
            assertEquals(i + 1, results.get(i).id());
        }
        assertEquals(13, results.size());
        assertArrayEquals(
                bytes("Jello you"),
                assertInstanceOf(DiskResult.Content.class, results.get(5)).bytes());
        assertEquals(
                List.of(new DiskResult.FileInfo("b", 4), new DiskResult.FileInfo("c", 5)),
                assertInstanceOf(DiskResult.Listed.class, results.get(10)).files());
        assertArrayEquals(
                bytes("el"), assertInstanceOf(DiskResult.Content.class, results.get(12)).bytes());
    }

    @Test
    void whatIsNotThereFailsByName() {
        run(
                new DiskCommand.Read(1, "missing", 0, 10),
                new DiskCommand.Delete(2, "missing"),
                new DiskCommand.Rename(3, "missing", "x"));
        for (DiskResult result : results) {
            assertEquals(
                    DiskResult.DiskError.NO_SUCH_FILE,
                    assertInstanceOf(DiskResult.Failed.class, result).error());
        }
    }

    @Test
    void moreFilesThanAreKeptOpenAreStillServed() {
        List<DiskCommand> commands = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            commands.add(
                    new DiskCommand.Write(i, "f" + i % 40, 4L * (i / 40), bytes("abcd"), true));
        }
        run(commands.toArray(DiskCommand[]::new));
        assertEquals(100, results.stream().filter(DiskResult.Done.class::isInstance).count());
    }
}
