package dev.whitewater.store.mapdb;

import org.mapdb.BTreeMap;
import org.mapdb.CC;
import org.mapdb.DB;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.volume.VolumeFactory;

/** How our MapDB files are laid out. */
final class Trees {
    private static final String VERSIONS = "versions";
    private static final String STATE = "state";

    /** Main and sub-revision, big-endian, so that the order of bytes is the order of versions. */
    private static final int KEY_BYTES = 12;

    private Trees() {}

    /** A database in an empty file, or in one that was closed. */
    static DB open(FileVolume volume, boolean exists) {
        StoreDirect store =
                StoreDirect.Companion.make(
                        "",
                        VolumeFactory.wrap(volume, exists),
                        0,
                        volume.isReadOnly(),
                        false,
                        CC.STORE_DIRECT_CONC_SHIFT,
                        CC.PAGE_SIZE,
                        0,
                        false,
                        false,
                        false,
                        true,
                        false);
        return new DB(store, exists, false, DB.class.getClassLoader(), 0);
    }

    /** Versions that come and go. */
    static BTreeMap<byte[], byte[]> working(DB db) {
        return versions(db).valuesOutsideNodesEnable().create();
    }

    /** Versions that come once, in order. */
    static DB.TreeMapSink<byte[], byte[]> finished(DB db) {
        return versions(db).createFromSink();
    }

    static BTreeMap<byte[], byte[]> openVersions(DB db) {
        return versions(db).open();
    }

    /** Everything but the versions, by name. */
    static BTreeMap<String, byte[]> state(DB db, boolean exists) {
        DB.TreeMapMaker<String, byte[]> maker =
                db.treeMap(STATE, Serializer.STRING, Serializer.BYTE_ARRAY);
        return exists ? maker.open() : maker.create();
    }

    private static DB.TreeMapMaker<byte[], byte[]> versions(DB db) {
        return db.treeMap(VERSIONS, Serializer.BYTE_ARRAY_DELTA2, Serializer.BYTE_ARRAY);
    }

    static byte[] key(long main, int sub) {
        byte[] key = new byte[KEY_BYTES];
        for (int i = 0; i < 8; i++) {
            key[i] = (byte) (main >>> (56 - 8 * i));
        }
        for (int i = 0; i < 4; i++) {
            key[8 + i] = (byte) (sub >>> (24 - 8 * i));
        }
        return key;
    }

    static long main(byte[] key) {
        return number(key, 0, 8);
    }

    static int sub(byte[] key) {
        return (int) number(key, 8, 4);
    }

    static long number(byte[] source, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (source[at + i] & 0xff);
        }
        return value;
    }
}
