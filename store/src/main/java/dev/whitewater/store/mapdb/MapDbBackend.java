package dev.whitewater.store.mapdb;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.StoredVersion;
import dev.whitewater.store.backend.VersionCodec;
import dev.whitewater.store.port.BackendFile;
import dev.whitewater.store.port.BackendFiles;

import org.mapdb.BTreeMap;
import org.mapdb.DB;

import java.util.Iterator;
import java.util.Map;

/**
 * Versions in a MapDB tree in a file, for stores that the heap should not carry: only the index
 * stays there. The file is working state and worth nothing after a crash, which MapDB doesn't
 * survive; what survives is the log and the {@link MapDbCheckpoints}.
 */
public final class MapDbBackend implements Backend {
    private static final int OVERHEAD = 40;

    private final BackendFiles files;
    private final String name;
    private int generation;
    private BackendFile file;
    private DB db;
    private BTreeMap<byte[], byte[]> versions;
    private long count;
    private long bytes;
    private long lastMain;
    private int lastSub = -1;

    /** An empty one, in files whose names begin with {@code name}. */
    public MapDbBackend(BackendFiles files, String name) {
        this.files = files;
        this.name = name;
        begin();
        versions = Trees.working(db);
    }

    private void begin() {
        file = files.create(fileName());
        db = Trees.open(FileVolume.writing(file), false);
    }

    private String fileName() {
        return name + "-" + generation;
    }

    @Override
    public void append(KeyValue kv, int sub) {
        long main = kv.modRevision();
        if (main < lastMain || (main == lastMain && sub <= lastSub)) {
            throw new BrokenInvariant(
                    "revisions-rise",
                    kv + "/" + sub + " appended behind " + lastMain + "/" + lastSub);
        }
        lastMain = main;
        lastSub = sub;
        versions.put(Trees.key(main, sub), VersionCodec.encode(kv));
        count++;
        bytes += size(kv);
    }

    @Override
    public KeyValue read(long main, int sub, Bytes key) {
        byte[] found = versions.get(Trees.key(main, sub));
        if (found == null) {
            throw new BrokenInvariant("index-points-at-versions", "nothing at " + main + "/" + sub);
        }
        return VersionCodec.decode(found, main).withKey(key);
    }

    @Override
    public void remove(long main, int sub) {
        byte[] gone = versions.remove(Trees.key(main, sub));
        if (gone != null) {
            count--;
            bytes -= size(VersionCodec.decode(gone, main));
        }
    }

    @Override
    public void scan(long fromMain, int fromSub, long toMain, Visitor visitor) {
        if (toMain < fromMain) {
            return;
        }
        Iterator<Map.Entry<byte[], byte[]>> entries =
                versions.entryIterator(
                        Trees.key(fromMain, fromSub),
                        true,
                        Trees.key(toMain, Integer.MAX_VALUE),
                        true);
        boolean more = true;
        while (more && entries.hasNext()) {
            Map.Entry<byte[], byte[]> entry = entries.next();
            byte[] key = entry.getKey();
            KeyValue kv = VersionCodec.decode(entry.getValue(), Trees.main(key));
            more = visitor.visit(new Shown(kv, Trees.sub(key)));
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Copies what is there to a new file: the old one keeps the room of what was removed. */
    @Override
    public void defragment() {
        BTreeMap<byte[], byte[]> old = versions;
        DB oldDb = db;
        BackendFile oldFile = file;
        String oldName = fileName();
        generation++;
        begin();
        versions = Trees.working(db);
        Iterator<Map.Entry<byte[], byte[]>> entries = old.entryIterator();
        while (entries.hasNext()) {
            Map.Entry<byte[], byte[]> entry = entries.next();
            versions.put(entry.getKey(), entry.getValue());
        }
        oldDb.close();
        oldFile.close();
        files.delete(oldName);
    }

    /** Ends its use and takes its file away. */
    public void close() {
        db.close();
        file.close();
        files.delete(fileName());
    }

    private static long size(KeyValue kv) {
        return (long) OVERHEAD + kv.key().length() + kv.value().length();
    }

    /** A version that a scan shows. */
    private record Shown(KeyValue kv, int sub) implements StoredVersion {
        @Override
        public long main() {
            return kv.modRevision();
        }

        @Override
        public boolean isTombstone() {
            return kv.isTombstone();
        }

        @Override
        public Bytes key() {
            return kv.key();
        }
    }
}
