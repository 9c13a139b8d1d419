package dev.whitewater.store.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import net.jqwik.api.Example;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

class MemoryBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new MemoryBackend();
    }

    /** Enough to fill chunks, empty them, pack them and write to their arrays again. */
    @Example
    void versionsAreWhatTheyWereThoughTheirChunksAreUsedAgain() {
        Backend backend = backend();
        TreeMap<Long, KeyValue> model = new TreeMap<>();
        Random random = new Random(7);
        long main = 1;
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 2000; i++) {
                main += random.nextInt(3) == 0 ? 5 : 1;
                byte[] value = new byte[random.nextInt(400)];
                random.nextBytes(value);
                Bytes key = Bytes.utf8("key" + main);
                KeyValue kv = new KeyValue(key, Bytes.of(value), main, main, 1, 0);
                backend.append(kv, 0);
                model.put(main, kv);
            }
            List<Long> gone = new ArrayList<>(model.keySet());
            gone.removeIf(each -> random.nextInt(8) == 0);
            for (long each : gone) {
                backend.remove(each, 0);
                model.remove(each);
            }
        }
        List<KeyValue> scanned = new ArrayList<>();
        backend.scan(0, 0, main, version -> scanned.add(version.kv()));
        assertEquals(List.copyOf(model.values()), scanned);
        model.forEach((at, kv) -> assertEquals(kv, backend.read(at, 0, kv.key())));
    }
}
