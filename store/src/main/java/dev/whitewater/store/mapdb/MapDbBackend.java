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
    private int generations;

    /** Where versions are. */
    private Generation current;

    /** Where they are being copied to; the same if that isn't going on. */
    private Generation next;

    /** The last one that was copied. */
    private byte[] copied = {};

    private long count;
    private long bytes;
    private long lastMain;
    private int lastSub = -1;

    /** One file. */
    private record Generation(
            String name, BackendFile file, DB db, BTreeMap<byte[], byte[]> versions) {}

    /** An empty one, in files whose names begin with {@code name}. */
    public MapDbBackend(BackendFiles files, String name) {
        this.files = files;
        this.name = name;
        current = begin();
        next = current;
    }

    private Generation begin() {
        String fileName = name + "-" + generations;
        generations++;
        BackendFile file = files.create(fileName);
        DB db = Trees.open(FileVolume.writing(file), false);
        return new Generation(fileName, file, db, Trees.working(db));
    }

    private void end(Generation generation) {
        generation.db().close();
        generation.file().close();
        files.delete(generation.name());
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
        current.versions().put(Trees.key(main, sub), VersionCodec.encode(kv));
        count++;
        bytes += size(kv);
    }

    @Override
    public KeyValue read(long main, int sub, Bytes key) {
        byte[] found = current.versions().get(Trees.key(main, sub));
        if (found == null) {
            throw new BrokenInvariant("index-points-at-versions", "nothing at " + main + "/" + sub);
        }
        return VersionCodec.decode(found, main).withKey(key);
    }

    @Override
    public void remove(long main, int sub) {
        byte[] gone = current.versions().remove(Trees.key(main, sub));
        if (isCopying()) {
            next.versions().remove(Trees.key(main, sub));
        }
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
                current.versions()
                        .entryIterator(
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

    /**
     * Copies what is there to a new file, slice by slice: the old one keeps the room of what was
     * removed, and is read until the new one has all.
     */
    @Override
    public boolean defragment(int versionsMost) {
        if (!isCopying()) {
            next = begin();
            copied = Trees.key(0, 0);
        }
        Iterator<Map.Entry<byte[], byte[]>> entries =
                current.versions()
                        .entryIterator(
                                copied, false, Trees.key(Long.MAX_VALUE, Integer.MAX_VALUE), true);
        for (int i = 0; i < versionsMost && entries.hasNext(); i++) {
            Map.Entry<byte[], byte[]> entry = entries.next();
            next.versions().put(entry.getKey(), entry.getValue());
            copied = entry.getKey();
        }
        if (entries.hasNext()) {
            return true;
        }
        end(current);
        current = next;
        return false;
    }

    private boolean isCopying() {
        return !next.name().equals(current.name());
    }

    /** Ends its use and takes its file away. */
    public void close() {
        if (isCopying()) {
            end(next);
            next = current;
        }
        end(current);
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
