package dev.whitewater.node.snapshot;

import dev.whitewater.raft.Check;
import dev.whitewater.store.port.BackendFile;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A file as its owner sees it: bytes that are read and written at once. What was written goes to
 * the device piece by piece, whenever its owner asks for the next ({@link #take}).
 *
 * <p>If nobody will look back ({@link #letGo}) it keeps nothing that the device was given, so that
 * a file of any size costs no more memory than a few pieces.
 */
final class FileImage {

    /** What a piece is a multiple of, but for the last. */
    static final int PAGE = 4096;

    /** A page that nobody wrote to; it takes no room. */
    private static final byte[] ZEROS = {};

    private boolean keepsAll = true;
    private byte[][] pages = new byte[4][];
    private long length;

    /** Pages that the device doesn't have as they are here. */
    private final BitSet dirty = new BitSet();

    /** Pages up to here were let go of. */
    private int released;

    /** Where the next piece is looked for first. */
    private int cursor;

    /** How long the file on the device is. */
    private long taken;

    /** Bytes for the device, at their place; {@link #NONE} if there are none. */
    record Piece(long at, byte[] bytes) {

        static final Piece NONE = new Piece(0, new byte[0]);

        boolean isNone() {
            return bytes.length == 0;
        }
    }

    /** From now on what the device was given is neither read nor written any more. */
    void letGo() {
        keepsAll = false;
    }

    long length() {
        return length;
    }

    /** Whether the device's file has the length of this one. */
    boolean hasDeviceLength() {
        return taken == length;
    }

    void read(long at, byte[] target, int from, int count) {
        Check.atMost("read-inside-the-image", 0, Math.min(at, count));
        Check.atMost("read-inside-the-image", at + count, length);
        for (int done = 0; done < count; ) {
            int page = page(at + done);
            int inPage = (int) ((at + done) % PAGE);
            int part = Math.min(count - done, PAGE - inPage);
            if (there(page).length == 0) {
                Arrays.fill(target, from + done, from + done + part, (byte) 0);
            } else {
                System.arraycopy(pages[page], inPage, target, from + done, part);
            }
            done += part;
        }
    }

    void write(long at, byte[] source, int from, int count) {
        extend(at + count);
        for (int done = 0; done < count; ) {
            int page = page(at + done);
            int inPage = (int) ((at + done) % PAGE);
            int part = Math.min(count - done, PAGE - inPage);
            if (there(page).length == 0) {
                pages[page] = new byte[PAGE];
            }
            System.arraycopy(source, from + done, pages[page], inPage, part);
            dirty.set(page);
            done += part;
        }
    }

    /** Bytes from the device, behind those that came before. */
    void load(byte[] bytes) {
        write(length, bytes, 0, bytes.length);
        dirty.clear();
        taken = length;
    }

    void truncate(long newLength) {
        extend(newLength);
        if (newLength < length) {
            int kept = page(newLength + PAGE - 1);
            int inLast = (int) (newLength % PAGE);
            if (inLast != 0 && there(kept - 1).length > 0) {
                Arrays.fill(pages[kept - 1], inLast, PAGE, (byte) 0);
            }
            Arrays.fill(pages, kept, page(length + PAGE - 1), ZEROS);
            dirty.clear(kept, pages.length);
            length = newLength;
        }
    }

    private void extend(long newLength) {
        if (newLength <= length) {
            return;
        }
        int had = page(length + PAGE - 1);
        int has = page(newLength + PAGE - 1);
        if (has > pages.length) {
            pages = Arrays.copyOf(pages, Math.max(has, 2 * pages.length));
        }
        Arrays.fill(pages, had, has, ZEROS);
        // The device may have something else there, if the image was longer once.
        dirty.set(page(length), has);
        length = newLength;
    }

    private byte[] there(int page) {
        Check.atMost("what-the-device-was-given-stays", released, page);
        return pages[page];
    }

    private static int page(long at) {
        return Math.toIntExact(at / PAGE);
    }

    /**
     * The next bytes, at most {@code most}, that the device doesn't have.
     *
     * @param complete nothing will be written any more; before that the last page stays here
     */
    Piece take(int most, boolean complete) {
        int end = page(complete ? length + PAGE - 1 : length);
        int first = dirty.nextSetBit(cursor);
        if (first < 0 || first >= end) {
            first = dirty.nextSetBit(0);
        }
        if (first < 0 || first >= end) {
            return Piece.NONE;
        }
        int last = Math.min(dirty.nextClearBit(first), Math.min(end, first + most / PAGE));
        long at = (long) first * PAGE;
        byte[] bytes = new byte[(int) (Math.min(length, (long) last * PAGE) - at)];
        read(at, bytes, 0, bytes.length);
        dirty.clear(first, last);
        cursor = last;
        taken = Math.max(taken, at + bytes.length);
        if (!keepsAll) {
            Arrays.fill(pages, released, last, ZEROS);
            released = last;
        }
        return new Piece(at, bytes);
    }

    /**
     * All of this but its first {@code skipped} bytes, as whoever lays a checkpoint out sees it.
     */
    BackendFile behind(int skipped) {
        return new Part(skipped);
    }

    private final class Part implements BackendFile {
        private final int skipped;

        private Part(int skipped) {
            this.skipped = skipped;
        }

        @Override
        public long length() {
            return length - skipped;
        }

        @Override
        public void read(long at, byte[] target, int from, int count) {
            FileImage.this.read(skipped + at, target, from, count);
        }

        @Override
        public void write(long at, byte[] source, int from, int count) {
            FileImage.this.write(skipped + at, source, from, count);
        }

        @Override
        public void truncate(long newLength) {
            FileImage.this.truncate(skipped + newLength);
        }

        /** The owner syncs when it has given all to the device. */
        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
