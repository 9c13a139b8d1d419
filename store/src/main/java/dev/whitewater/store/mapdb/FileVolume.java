package dev.whitewater.store.mapdb;

import dev.whitewater.store.port.BackendFile;

import org.mapdb.DataInput2;
import org.mapdb.volume.Volume;

import java.io.File;
import java.nio.ByteBuffer;

/** MapDB's view of a {@link BackendFile}: the only place where it reads and writes. */
final class FileVolume extends Volume {
    private static final int ZEROS = 1 << 16;

    private final BackendFile file;

    /** What lies behind isn't MapDB's. */
    private final long end;

    private final boolean readOnly;
    private final byte[] small = new byte[8];

    private FileVolume(BackendFile file, long end, boolean readOnly) {
        this.file = file;
        this.end = end;
        this.readOnly = readOnly;
    }

    static FileVolume writing(BackendFile file) {
        return new FileVolume(file, Long.MAX_VALUE, false);
    }

    static FileVolume reading(BackendFile file, long length) {
        return new FileVolume(file, length, true);
    }

    @Override
    public void ensureAvailable(long length) {
        if (length > file.length() && !readOnly) {
            file.truncate(length);
        }
    }

    @Override
    public void truncate(long length) {
        file.truncate(length);
    }

    @Override
    public void putLong(long at, long value) {
        for (int i = 0; i < 8; i++) {
            small[i] = (byte) (value >>> (56 - 8 * i));
        }
        file.write(at, small, 0, 8);
    }

    @Override
    public void putInt(long at, int value) {
        for (int i = 0; i < 4; i++) {
            small[i] = (byte) (value >>> (24 - 8 * i));
        }
        file.write(at, small, 0, 4);
    }

    @Override
    public void putByte(long at, byte value) {
        small[0] = value;
        file.write(at, small, 0, 1);
    }

    @Override
    public void putData(long at, byte[] source, int from, int count) {
        file.write(at, source, from, count);
    }

    @Override
    public void putData(long at, ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        file.write(at, bytes, 0, bytes.length);
    }

    @Override
    public long getLong(long at) {
        file.read(at, small, 0, 8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (small[i] & 0xff);
        }
        return value;
    }

    @Override
    public int getInt(long at) {
        file.read(at, small, 0, 4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (small[i] & 0xff);
        }
        return value;
    }

    @Override
    public byte getByte(long at) {
        file.read(at, small, 0, 1);
        return small[0];
    }

    @Override
    public DataInput2 getDataInput(long at, int count) {
        byte[] bytes = new byte[count];
        file.read(at, bytes, 0, count);
        return new DataInput2.ByteArray(bytes);
    }

    @Override
    public void getData(long at, byte[] target, int from, int count) {
        file.read(at, target, from, count);
    }

    @Override
    public void clear(long from, long to) {
        byte[] zeros = new byte[(int) Math.min(ZEROS, to - from)];
        for (long at = from; at < to; at += zeros.length) {
            file.write(at, zeros, 0, (int) Math.min(zeros.length, to - at));
        }
    }

    @Override
    public void sync() {
        if (!readOnly) {
            file.sync();
        }
    }

    @Override
    public void close() {
        // The file's owner closes it.
    }

    @Override
    public long length() {
        return Math.min(file.length(), end);
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public int sliceSize() {
        return -1;
    }

    @Override
    public boolean isSliced() {
        return false;
    }

    /** There is none, which MapDB is told by null. */
    @Override
    public File getFile() {
        return null;
    }

    @Override
    public boolean getFileLocked() {
        return false;
    }
}
