package dev.whitewater.store.backend;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Versions on the heap, packed into {@link Chunk}s that are found by bisection: O(1) to append,
 * O(log n) to read, and no piece of work is larger than a chunk.
 */
public final class MemoryBackend implements Backend {
    private static final int FIRST_CHUNKS = 4;

    /** What a version takes besides its key and value: etcd counts its 17-byte key likewise. */
    private static final int OVERHEAD = 40;

    /** The newest versions are kept as objects too, if they are small: watches are told of them. */
    private static final int RECENT = 64;

    private static final int RECENT_BYTES_MOST = 4096;

    /** By age; one that ran empty stays, without its arrays, until half of them are. */
    private Chunk[] chunks = new Chunk[FIRST_CHUNKS];

    private long[] firstMains = new long[FIRST_CHUNKS];
    private int chunkCount;
    private int emptyCount;

    /**
     * Arrays of chunks that were emptied or packed, for the next chunks to write to: a store that
     * is compacted as fast as it is written makes no new ones, which the collector would have to
     * carry to where the old ones are. At most as many as there are chunks; {@link #defragment}
     * lets go of them.
     */
    private final List<byte[]> spare = new ArrayList<>();

    private final KeyValue[] recent = new KeyValue[RECENT];
    private final int[] recentSubs = new int[RECENT];

    /** Where {@link #defragment} goes on. */
    private long packedMain;

    private int packedSub;

    private long count;
    private long bytes;
    private long lastMain;
    private int lastSub = -1;

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
        if (chunkCount == 0 || !chunks[chunkCount - 1].hasRoom(kv)) {
            beginChunk(main, sub);
        }
        chunks[chunkCount - 1].add(kv, sub);
        long payload = (long) kv.key().length() + kv.value().length();
        if (payload <= RECENT_BYTES_MOST) {
            int slot = (int) (main + sub) & (RECENT - 1);
            recent[slot] = kv;
            recentSubs[slot] = sub;
        }
        count++;
        bytes += OVERHEAD + payload;
    }

    @Override
    public KeyValue read(long main, int sub, Bytes key) {
        KeyValue kept = recent(main, sub);
        if (kept != null) {
            return kept;
        }
        Chunk chunk = chunkCount == 0 ? null : chunks[chunkOf(main, sub)];
        int place = chunk == null ? -1 : chunk.find(main, sub);
        if (place < 0) {
            throw new BrokenInvariant("index-points-at-versions", "nothing at " + main + "/" + sub);
        }
        return chunk.kv(place, key);
    }

    private KeyValue recent(long main, int sub) {
        int slot = (int) (main + sub) & (RECENT - 1);
        KeyValue kv = recent[slot];
        return kv != null && kv.modRevision() == main && recentSubs[slot] == sub ? kv : null;
    }

    @Override
    public void remove(long main, int sub) {
        if (chunkCount == 0) {
            return;
        }
        int at = chunkOf(main, sub);
        Chunk chunk = chunks[at];
        int place = chunk.find(main, sub);
        if (place < 0) {
            return;
        }
        int slot = (int) (main + sub) & (RECENT - 1);
        if (recent(main, sub) != null) {
            recent[slot] = null;
        }
        bytes -= OVERHEAD + chunk.payloadBytes(place);
        count--;
        chunk.remove(place);
        if (chunk.live == 0) {
            emptied(at);
        } else if (at < chunkCount - 1 && chunk.isWasteful()) {
            keepForLater(chunk.pack());
        }
    }

    private void keepForLater(byte[] data) {
        if (data.length == Chunk.BYTES_MOST && spare.size() < chunkCount) {
            spare.add(data);
        }
    }

    @Override
    public void scan(long fromMain, int fromSub, long toMain, Visitor visitor) {
        if (chunkCount == 0 || toMain < fromMain) {
            return;
        }
        int at = chunkOf(fromMain, fromSub);
        int place = chunks[at].lowerBound(fromMain, fromSub);
        Cursor shown = new Cursor(chunks[at]);
        for (; at < chunkCount && firstMains[at] <= toMain; at++) {
            shown.chunk = chunks[at];
            for (; place < shown.chunk.size; place++) {
                shown.place = place;
                if (!shown.isGone() && (shown.main() > toMain || !visitor.visit(shown))) {
                    return;
                }
            }
            place = 0;
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

    @Override
    public boolean defragment(int versionsMost) {
        int at = chunkCount == 0 ? 0 : chunkOf(packedMain, packedSub);
        for (int looked = 0; at < chunkCount && looked < versionsMost; at++) {
            looked += chunks[at].size + 1;
            if (chunks[at].hasWaste()) {
                chunks[at].pack();
            }
        }
        boolean more = at < chunkCount;
        packedMain = more ? firstMains[at] : 0;
        packedSub = more ? chunks[at].firstSub : 0;
        if (!more) {
            dropEmpty();
            spare.clear();
        }
        return more;
    }

    private void beginChunk(long main, int sub) {
        if (chunkCount > 0) {
            finish(chunks[chunkCount - 1]);
        }
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunkCount);
            firstMains = Arrays.copyOf(firstMains, 2 * chunkCount);
        }
        firstMains[chunkCount] = main;
        chunks[chunkCount] = chunkCount == 0 ? new Chunk(main, sub) : new Chunk(main, sub, room());
        chunkCount++;
    }

    /** Nothing comes behind what is in there any more, and perhaps not much of that is left. */
    private void finish(Chunk last) {
        if (last.live == 0) {
            keepForLater(last.takeData());
            emptyCount++;
        } else if (last.isWasteful()) {
            keepForLater(last.pack());
        } else {
            last.seal();
        }
    }

    /** For a chunk behind others, which were filled: this one will be too. */
    private byte[] room() {
        return spare.isEmpty() ? new byte[Chunk.BYTES_MOST] : spare.removeLast();
    }

    /** The last chunk that doesn't begin behind (main, sub), or the first. */
    private int chunkOf(long main, int sub) {
        int low = 0;
        int high = chunkCount - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long first = firstMains[middle];
            if (first < main || (first == main && chunks[middle].firstSub <= sub)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void emptied(int at) {
        if (at == chunkCount - 1) {
            // Still being filled, or the next begins where its versions were.
            return;
        }
        keepForLater(chunks[at].takeData());
        emptyCount++;
        if (emptyCount > chunkCount / 2) {
            dropEmpty();
        }
    }

    /** Keeps the table of chunks as long as what is there, not as long as all of history. */
    private void dropEmpty() {
        int kept = 0;
        for (int at = 0; at < chunkCount; at++) {
            if (chunks[at].live > 0 || at == chunkCount - 1) {
                chunks[kept] = chunks[at];
                firstMains[kept++] = firstMains[at];
            }
        }
        chunkCount = kept;
        emptyCount = 0;
        int room = Math.max(FIRST_CHUNKS, 2 * kept);
        chunks = Arrays.copyOf(Arrays.copyOf(chunks, kept), room);
        firstMains = Arrays.copyOf(firstMains, room);
    }

    /** The version that a scan shows. */
    private final class Cursor implements StoredVersion {
        private Chunk chunk;
        private int place;

        private Cursor(Chunk chunk) {
            this.chunk = chunk;
        }

        private boolean isGone() {
            return chunk.isGone(place);
        }

        @Override
        public long main() {
            return chunk.main(place);
        }

        @Override
        public int sub() {
            return chunk.sub(place);
        }

        @Override
        public boolean isTombstone() {
            return chunk.isTombstone(place);
        }

        @Override
        public Bytes key() {
            KeyValue kept = recent(main(), sub());
            return kept != null ? kept.key() : chunk.key(place);
        }

        @Override
        public KeyValue kv() {
            KeyValue kept = recent(main(), sub());
            return kept != null ? kept : chunk.kv(place, chunk.key(place));
        }
    }
}
