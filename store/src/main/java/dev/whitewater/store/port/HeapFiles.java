package dev.whitewater.store.port;

import dev.whitewater.store.BrokenInvariant;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Files on the heap, for whoever has no device or no use for one. They don't survive anything. */
public final class HeapFiles implements BackendFiles {
    private final NavigableMap<String, HeapFile> files = new TreeMap<>();

    @Override
    public BackendFile create(String name) {
        HeapFile file = new HeapFile();
        files.put(name, file);
        return file;
    }

    @Override
    public BackendFile open(String name) {
        HeapFile file = files.get(name);
        if (file == null) {
            throw new BrokenInvariant("file-is-there", name);
        }
        return file;
    }

    @Override
    public boolean exists(String name) {
        return files.containsKey(name);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    /** Pages of bytes; a page that was never written to is zeros and takes no room. */
    private static final class HeapFile implements BackendFile {
        private static final int PAGE = 1 << 16;
        private static final byte[] ZEROS = {};

        private byte[][] pages = new byte[0][];
        private long length;

        @Override
        public long length() {
            return length;
        }

        @Override
        public void read(long at, byte[] target, int from, int count) {
            if (at < 0 || count < 0 || at + count > length) {
                throw new BrokenInvariant(
                        "read-inside-the-file",
                        count + " bytes at " + at + " of a file of " + length);
            }
            int done = 0;
            while (done < count) {
                int page = Math.toIntExact((at + done) / PAGE);
                int inPage = (int) ((at + done) % PAGE);
                int part = Math.min(count - done, PAGE - inPage);
                if (pages[page].length == 0) {
                    Arrays.fill(target, from + done, from + done + part, (byte) 0);
                } else {
                    System.arraycopy(pages[page], inPage, target, from + done, part);
                }
                done += part;
            }
        }

        @Override
        public void write(long at, byte[] source, int from, int count) {
            if (at < 0 || count < 0) {
                throw new BrokenInvariant("write-inside-the-file", count + " bytes at " + at);
            }
            truncate(Math.max(length, at + count));
            int done = 0;
            while (done < count) {
                int page = Math.toIntExact((at + done) / PAGE);
                int inPage = (int) ((at + done) % PAGE);
                int part = Math.min(count - done, PAGE - inPage);
                if (pages[page].length == 0) {
                    pages[page] = new byte[PAGE];
                }
                System.arraycopy(source, from + done, pages[page], inPage, part);
                done += part;
            }
        }

        @Override
        public void truncate(long newLength) {
            int kept = Math.toIntExact((newLength + PAGE - 1) / PAGE);
            int had = Math.toIntExact((length + PAGE - 1) / PAGE);
            if (kept > pages.length) {
                pages = Arrays.copyOf(pages, Math.max(kept, 2 * pages.length));
            }
            for (int page = had; page < kept; page++) {
                pages[page] = ZEROS;
            }
            Arrays.fill(pages, kept, Math.max(kept, had), ZEROS);
            if (newLength < length && newLength % PAGE != 0 && pages[kept - 1].length > 0) {
                Arrays.fill(pages[kept - 1], (int) (newLength % PAGE), PAGE, (byte) 0);
            }
            length = newLength;
        }

        @Override
        public void sync() {
            // There is nothing that would outlive the heap.
        }

        @Override
        public void close() {
            // Whoever opens it next gets the same.
        }
    }
}
