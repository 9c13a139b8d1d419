package dev.whitewater.store.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.Limits;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Store;
import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.BackendContract;
import dev.whitewater.store.port.HeapFiles;

import net.jqwik.api.Example;

class MapDbBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new MapDbBackend(new HeapFiles(), "kv");
    }

    @Example
    void storeOverItIsTheStoreOverTheHeap() {
        HeapFiles files = new HeapFiles();
        Store heap = new Store();
        Store file = new Store(Limits.DEFAULT, new MapDbBackend(files, "kv"));
        for (int i = 1; i <= 2000; i++) {
            Put put = Put.of(Bytes.utf8("k" + i % 97), Bytes.utf8("value " + i));
            assertEquals(heap.apply(i, put), file.apply(i, put));
        }
        heap.apply(2001, new MaintenanceRequest.Compact(1900));
        file.apply(2001, new MaintenanceRequest.Compact(1900));
        boolean more = true;
        while (more) {
            boolean inHeap = heap.removeCompacted(50);
            boolean inFile = file.removeCompacted(70);
            assertEquals(heap.hash(), file.hash());
            more = inHeap || inFile;
        }
        assertEquals(heap.bytes(), file.bytes());
        while (file.defragment(11)) {
            assertTrue(files.exists("kv-0"));
        }
        assertTrue(files.exists("kv-1"));
        assertFalse(files.exists("kv-0"));
        assertEquals(heap.hash(), file.hash());
    }

    @Example
    void itsFileGoesWithIt() {
        HeapFiles files = new HeapFiles();
        MapDbBackend backend = new MapDbBackend(files, "kv");
        backend.append(KeyValue.tombstone(Bytes.utf8("k"), 3), 0);
        backend.append(KeyValue.tombstone(Bytes.utf8("k"), 4), 0);
        assertTrue(backend.defragment(1));
        assertTrue(files.exists("kv-1"));
        backend.close();
        assertFalse(files.exists("kv-0"));
        assertFalse(files.exists("kv-1"));
    }
}
