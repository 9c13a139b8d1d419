package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.port.BackendFile;
import dev.whitewater.store.port.HeapFiles;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.List;

/** What every layout of checkpoints must do. */
public abstract class CheckpointsContract {
    private static final Bytes KEY = Bytes.utf8("key");

    private final HeapFiles files = new HeapFiles();

    protected abstract Checkpoints checkpoints();

    @Property(tries = 80)
    void restoredStoreIsTheOneOfTheMomentItBegan(
            @ForAll("scripts") List<Request> before,
            @ForAll("scripts") List<Request> meanwhile,
            @ForAll @IntRange(min = 1, max = 600) int bytesMost) {
        Store store = new Store();
        long index = apply(store, 0, before);
        long hash = store.hash();
        BackendFile file = files.create("checkpoint");
        Checkpoints.Writer writer = checkpoints().begin(store, file);
        assertEquals(index, writer.appliedIndex());
        int next = 0;
        while (writer.step(bytesMost)) {
            if (next < meanwhile.size()) {
                store.apply(index + ++next, meanwhile.get(next - 1));
                store.removeCompacted(3);
            }
        }
        assertFalse(writer.step(bytesMost));
        Store restored = read(file, bytesMost);
        assertEquals(hash, restored.hash());
        assertEquals(index, restored.appliedIndex());
        apply(store, index + next, meanwhile.subList(next, meanwhile.size()));
        apply(restored, index, meanwhile);
        assertEquals(store.hash(), restored.hash());
    }

    @Example
    void anyBrokenByteIsNoticed() {
        Store store = new Store();
        store.apply(1, new LeaseRequest.Grant(5, 60));
        store.apply(2, Put.of(KEY, Bytes.utf8("value")).withLease(5));
        BackendFile file = write(store);
        int stride = Math.max(1, (int) (file.length() / 400));
        for (long at = file.length() - 1; at >= 0; at -= stride) {
            flip(file, at);
            assertThrows(MalformedSnapshot.class, () -> read(file, 1 << 20), "byte " + at);
            flip(file, at);
        }
        assertEquals(store.hash(), read(file, 1 << 20).hash());
    }

    @Example
    void cutFilesAreNoticed() {
        Store store = new Store();
        store.apply(1, Put.of(KEY, Bytes.utf8("value")));
        for (int cut = 1; cut < 60; cut++) {
            BackendFile file = write(store);
            file.truncate(file.length() - cut);
            assertThrows(MalformedSnapshot.class, () -> read(file, 1 << 20));
        }
        assertThrows(MalformedSnapshot.class, () -> read(files.create("empty"), 1 << 20));
    }

    @Example
    void nothingIsRemovedWhileACheckpointIsWritten() {
        Store store = new Store();
        store.apply(1, Put.of(KEY, KEY));
        store.apply(2, Put.of(KEY, KEY));
        Checkpoints.Writer writer = checkpoints().begin(store, files.create("checkpoint"));
        store.apply(3, new MaintenanceRequest.Compact(3));
        long bytes = store.bytes();
        assertTrue(store.removeCompacted(10));
        assertEquals(bytes, store.bytes());
        writer.abandon();
        assertFalse(store.removeCompacted(10));
        assertTrue(store.bytes() < bytes);
    }

    @Example
    void storeIsGivenOnlyWhenAllIsRead() {
        Checkpoints.Reader reader = checkpoints().open(write(new Store()), Limits.DEFAULT);
        assertThrows(BrokenInvariant.class, reader::store);
    }

    private BackendFile write(Store store) {
        BackendFile file = files.create("checkpoint");
        Checkpoints.Writer writer = checkpoints().begin(store, file);
        boolean more = true;
        while (more) {
            more = writer.step(1 << 16);
        }
        return file;
    }

    private Store read(BackendFile file, int bytesMost) {
        Checkpoints.Reader reader = checkpoints().open(file, Limits.DEFAULT);
        boolean more = true;
        while (more) {
            more = reader.step(bytesMost);
        }
        return reader.store();
    }

    private static long apply(Store store, long index, List<Request> requests) {
        long at = index;
        for (Request request : requests) {
            store.apply(++at, request);
        }
        return at;
    }

    private static void flip(BackendFile file, long at) {
        byte[] octet = new byte[1];
        file.read(at, octet, 0, 1);
        octet[0] ^= 0x10;
        file.write(at, octet, 0, 1);
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.scripts();
    }
}
