package dev.whitewater.store.mapdb;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.CheckpointFooter;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.ImageChecksum;
import dev.whitewater.store.Limits;
import dev.whitewater.store.MalformedSnapshot;
import dev.whitewater.store.StateSource;
import dev.whitewater.store.StateTarget;
import dev.whitewater.store.Store;
import dev.whitewater.store.backend.VersionCodec;
import dev.whitewater.store.port.BackendFile;

import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBException;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;

/**
 * A checkpoint as a MapDB file that was closed and is never written again, the one thing that MapDB
 * can be trusted with on a disk; and even that is looked at as a whole before MapDB sees it. Behind
 * MapDB's part there is a {@link CheckpointFooter}.
 *
 * <pre>
 * tree "versions" = main(8 bytes) sub(4 bytes) to what {@link VersionCodec} makes of it
 * tree "state"    = "head" to {@link StateSource#head}, "hash" to 8 bytes
 * </pre>
 */
public final class MapDbCheckpoints implements Checkpoints {
    private static final int MAGIC = 0x57574d31;
    private static final String HEAD = "head";
    private static final String HASH = "hash";

    private final Function<Limits, Store> stores;

    /** Reads into stores on the heap. */
    public MapDbCheckpoints() {
        this(Store::new);
    }

    /**
     * Reads into stores of another making.
     *
     * @param stores makes new ones
     */
    public MapDbCheckpoints(Function<Limits, Store> stores) {
        this.stores = stores;
    }

    @Override
    public Writer begin(Store store, BackendFile file) {
        return new MapDbWriter(store, file);
    }

    @Override
    public Reader open(BackendFile file, Limits limits) {
        return new MapDbReader(file, stores.apply(limits));
    }

    @Override
    public boolean isLaidOutIn(BackendFile file) {
        return CheckpointFooter.hasMagic(file, MAGIC);
    }

    /** First the tree, then MapDB's own ends, then the sum over what that left. */
    private static final class MapDbWriter implements Writer {
        private static final int WINDOW = 1 << 16;

        private final BackendFile file;
        private final StateSource source;
        private final DB db;
        private final DB.TreeMapSink<byte[], byte[]> sink;
        private final ImageChecksum checksum = new ImageChecksum();
        private boolean closed;
        private boolean done;

        private MapDbWriter(Store store, BackendFile file) {
            this.file = file;
            this.source = new StateSource(store);
            this.db = Trees.open(FileVolume.writing(file), false);
            this.sink = Trees.finished(db);
        }

        @Override
        public long appliedIndex() {
            return source.appliedIndex();
        }

        @Override
        public boolean step(int bytesMost) {
            if (done) {
                return false;
            }
            if (!closed) {
                long[] bytes = {0};
                boolean more =
                        source.next(
                                version -> {
                                    byte[] kv = VersionCodec.encode(version.kv());
                                    sink.put(Trees.key(version.main(), version.sub()), kv);
                                    bytes[0] += kv.length;
                                    return bytes[0] < bytesMost;
                                });
                if (!more) {
                    finishTree();
                }
                return true;
            }
            sum(bytesMost);
            if (checksum.length() == file.length()) {
                CheckpointFooter.write(file, MAGIC, source.appliedIndex(), checksum);
                file.sync();
                done = true;
            }
            return !done;
        }

        private void finishTree() {
            sink.create();
            BTreeMap<String, byte[]> state = Trees.state(db, false);
            state.put(HEAD, source.head());
            byte[] hash = new byte[8];
            for (int i = 0; i < 8; i++) {
                hash[i] = (byte) (source.hash() >>> (56 - 8 * i));
            }
            state.put(HASH, hash);
            abandonSource();
            db.close();
        }

        private void sum(int bytesMost) {
            byte[] window = new byte[WINDOW];
            long enough = Math.min(file.length(), checksum.length() + bytesMost);
            while (checksum.length() < enough) {
                int part = (int) Math.min(WINDOW, file.length() - checksum.length());
                file.read(checksum.length(), window, 0, part);
                checksum.update(window, 0, part);
            }
        }

        @Override
        public boolean looksBack() {
            return true;
        }

        @Override
        public void abandon() {
            if (!closed) {
                abandonSource();
                db.close();
            }
            done = true;
        }

        private void abandonSource() {
            closed = true;
            source.close();
        }
    }

    /** First the sum over all of the file; MapDB sees it only if that is right. */
    private static final class MapDbReader implements Reader {
        private final BackendFile file;
        private final CheckpointFooter.Check check;
        private final Store store;
        private final StateTarget target;
        private DB db;
        private Iterator<Map.Entry<byte[], byte[]>> versions;
        private long hash;
        private boolean done;

        private MapDbReader(BackendFile file, Store store) {
            this.file = file;
            this.check = new CheckpointFooter.Check(file, MAGIC);
            this.store = store;
            this.target = new StateTarget(store);
        }

        @Override
        public boolean step(int bytesMost) {
            if (done) {
                return false;
            }
            if (check.step(bytesMost)) {
                return true;
            }
            try {
                return read(bytesMost);
            } catch (DBException e) {
                MalformedSnapshot wrong = new MalformedSnapshot("MapDB refuses it: " + e);
                wrong.initCause(e);
                throw wrong;
            }
        }

        private boolean read(int bytesMost) {
            if (db == null) {
                db = Trees.open(FileVolume.reading(file, check.bodyLength()), true);
                BTreeMap<String, byte[]> state = Trees.state(db, true);
                target.head(state.get(HEAD));
                hash = Trees.number(state.get(HASH), 0, 8);
                versions = Trees.openVersions(db).entryIterator();
            }
            long bytes = 0;
            while (bytes < bytesMost && versions.hasNext()) {
                Map.Entry<byte[], byte[]> entry = versions.next();
                byte[] kv = entry.getValue();
                byte[] key = entry.getKey();
                target.version(VersionCodec.decode(kv, Trees.main(key)), Trees.sub(key));
                bytes += kv.length;
            }
            if (versions.hasNext() || target.settle()) {
                return true;
            }
            target.filled(hash);
            check.appliedIndexIs(store.appliedIndex());
            db.close();
            done = true;
            return false;
        }

        @Override
        public boolean isWhole() {
            return check.isRight();
        }

        @Override
        public Store store() {
            if (!done) {
                throw new BrokenInvariant("checkpoint-is-read", "more remains");
            }
            return store;
        }
    }
}
