package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.mapdb.MapDbCheckpoints;
import dev.whitewater.store.port.BackendFile;
import dev.whitewater.store.port.HeapFiles;

import net.jqwik.api.Example;

import java.util.List;

class KnownCheckpointsTest extends CheckpointsContract {

    private static final Checkpoints STREAM = new StreamCheckpoints();
    private static final Checkpoints MAP = new MapDbCheckpoints();

    @Override
    protected Checkpoints checkpoints() {
        return new KnownCheckpoints(List.of(STREAM, MAP));
    }

    private static BackendFile written(Checkpoints by) {
        Store store = new Store();
        store.apply(1, Put.of(Bytes.utf8("k"), Bytes.utf8("v")));
        BackendFile file = new HeapFiles().create("f");
        Checkpoints.Writer writer = by.begin(store, file);
        boolean more = true;
        while (more) {
            more = writer.step(1 << 16);
        }
        return file;
    }

    @Example
    void theFirstIsWrittenAndEachIsRead() {
        assertTrue(STREAM.isLaidOutIn(written(new KnownCheckpoints(List.of(STREAM, MAP)))));
        BackendFile map = written(new KnownCheckpoints(List.of(MAP, STREAM)));
        assertTrue(MAP.isLaidOutIn(map));
        assertFalse(STREAM.isLaidOutIn(map));
        Checkpoints.Reader reader = checkpoints().open(map, Limits.DEFAULT);
        assertFalse(reader.isWhole());
        boolean more = true;
        while (more) {
            more = reader.step(1 << 16);
        }
        assertTrue(reader.isWhole());
        assertEquals(1, reader.store().appliedIndex());
    }

    @Example
    void anUnknownLayoutIsRefused() {
        Checkpoints onlyStream = new KnownCheckpoints(List.of(STREAM));
        BackendFile map = written(MAP);
        assertFalse(onlyStream.isLaidOutIn(map));
        assertThrows(MalformedSnapshot.class, () -> onlyStream.open(map, Limits.DEFAULT));
        assertThrows(BrokenInvariant.class, () -> new KnownCheckpoints(List.of()));
    }
}
