package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

/**
 * The end of a checkpoint's file, which says what it is and whether it is whole.
 *
 * <pre>
 * footer = magic(4 bytes) zeros(4) applied index(8) body length(8) checksum(8)
 * </pre>
 *
 * Numbers are big-endian; the checksum is {@link ImageChecksum}'s over all that is before it.
 */
public final class CheckpointFooter {
    static final int BYTES = 32;
    private static final int CHECKSUM_AT = 24;

    private CheckpointFooter() {}

    /**
     * Appends the footer.
     *
     * @param body the sum over all of the file so far
     */
    public static void write(BackendFile file, int magic, long appliedIndex, ImageChecksum body) {
        byte[] footer = new byte[BYTES];
        put(footer, 0, (long) magic << 32);
        put(footer, 8, appliedIndex);
        put(footer, 16, body.length());
        long at = body.length();
        body.update(footer, 0, CHECKSUM_AT);
        put(footer, CHECKSUM_AT, body.value());
        file.truncate(at);
        file.write(at, footer, 0, BYTES);
    }

    /** Whether what would be the footer's magic number is this one. */
    public static boolean hasMagic(BackendFile file, int magic) {
        return file.length() >= BYTES && firstWord(file) == (long) magic << 32;
    }

    private static long firstWord(BackendFile file) {
        byte[] word = new byte[8];
        file.read(file.length() - BYTES, word, 0, word.length);
        return get(word, 0);
    }

    private static void put(byte[] target, int at, long value) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long get(byte[] source, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (source[at + i] & 0xff);
        }
        return value;
    }

    /** Looks at a whole file, in slices. */
    public static final class Check {
        private static final int WINDOW = 1 << 16;

        private final BackendFile file;
        private final long bodyLength;
        private final long appliedIndex;
        private final long expected;
        private final ImageChecksum checksum = new ImageChecksum();
        private final byte[] window = new byte[WINDOW];
        private boolean right;

        /**
         * Begins with the footer of a file of a known layout.
         *
         * @throws MalformedSnapshot if that is wrong already
         */
        public Check(BackendFile file, int magic) {
            this(file);
            if (!hasMagic(file, magic)) {
                throw wrong("magic", Integer.toHexString(magic), firstWord(file) >>> 32);
            }
        }

        /**
         * Begins with the footer of a file whose layout doesn't matter.
         *
         * @throws MalformedSnapshot if that is wrong already
         */
        public Check(BackendFile file) {
            this.file = file;
            if (file.length() < BYTES) {
                throw wrong("length", "at least " + BYTES, file.length());
            }
            byte[] footer = new byte[BYTES];
            file.read(file.length() - BYTES, footer, 0, BYTES);
            appliedIndex = get(footer, 8);
            bodyLength = get(footer, 16);
            expected = get(footer, CHECKSUM_AT);
            if (bodyLength != file.length() - BYTES) {
                throw wrong("body length", Long.toString(file.length() - BYTES), bodyLength);
            }
        }

        /** How many bytes are before the footer. */
        public long bodyLength() {
            return bodyLength;
        }

        /** The applied index that the footer names. */
        public long appliedIndex() {
            return appliedIndex;
        }

        /** What tells this file from others, as far as its footer can be believed. */
        public long sum() {
            return expected;
        }

        /** Whether all was looked at and is as it was written. */
        public boolean isRight() {
            return right;
        }

        /**
         * Looks at {@code bytesMost} bytes more; true if more remain.
         *
         * @throws MalformedSnapshot if the file isn't what was written
         */
        public boolean step(int bytesMost) {
            long end = bodyLength + CHECKSUM_AT;
            long enough = checksum.length() + bytesMost;
            while (checksum.length() < Math.min(end, enough)) {
                int part = (int) Math.min(window.length, end - checksum.length());
                file.read(checksum.length(), window, 0, part);
                checksum.update(window, 0, part);
            }
            if (checksum.length() < end) {
                return true;
            }
            if (checksum.value() != expected) {
                throw wrong("checksum", Long.toHexString(expected), checksum.value());
            }
            right = true;
            return false;
        }

        /** The data must stand for the index that the footer names. */
        public void appliedIndexIs(long found) {
            if (found != appliedIndex) {
                throw wrong("applied index", Long.toHexString(appliedIndex), found);
            }
        }

        private static MalformedSnapshot wrong(String field, String expected, long got) {
            return new MalformedSnapshot(
                    field
                            + " of a checkpoint: expected "
                            + expected
                            + ", got "
                            + Long.toHexString(got));
        }
    }
}
