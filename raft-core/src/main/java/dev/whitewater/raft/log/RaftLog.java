package dev.whitewater.raft.log;

import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * One member's log: the entries it retains, and which of them are durable.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>entries are contiguous from {@code compacted + 1} to {@code last}, their terms never fall;
 *   <li>{@code durable <= handedOut <= last}, and {@code compacted <= durable} but while a snapshot
 *       replaces the log;
 *   <li>an entry is durable only when a Ready that carried <em>this very entry</em> is durable.
 * </ul>
 *
 * <p>The third is kept by Ready number, never by (index, term). Counter-example to the naive rule:
 * (1) entry 1/5 is handed to the disk in Ready 7; (2) a leader of term 2 replaces it by 2/5, Ready
 * 8; (3) a leader of term 3 brings 1/5 back, Ready 9; (4) the disk reports Ready 7: by (index,
 * term) the log now calls 1/5 durable, but Ready 8 is still to overwrite it.
 */
public final class RaftLog {

    private Entry[] slots = new Entry[64];
    private int start;
    private int size;
    private EntryId compacted;
    private long durable;
    private long handedOut;

    /** Ready numbers whose entries are on their way to the disk, oldest first. */
    private final ArrayDeque<Batch> writing = new ArrayDeque<>();

    private List<Entry> lastSlice = List.of();

    /** The Ready of this number carried entries up to {@code last}, as far as still in the log. */
    private record Batch(long number, long last) {}

    public RaftLog(EntryId compacted, List<Entry> entries) {
        this.compacted = compacted;
        for (Entry entry : entries) {
            append(entry);
        }
        handedOut = last();
        durable = last();
    }

    public long compacted() {
        return compacted.index();
    }

    public long last() {
        return compacted.index() + size;
    }

    public long durable() {
        return durable;
    }

    public EntryId lastId() {
        return idAt(last());
    }

    /** The term at a retained index or at {@link #compacted()}. */
    public long termAt(long index) {
        return index == compacted.index() ? compacted.term() : entry(index).term();
    }

    public EntryId idAt(long index) {
        return index == compacted.index() ? compacted : entry(index).id();
    }

    public Entry entry(long index) {
        Check.below("log-index-retained", compacted.index(), index);
        Check.atMost("log-index-exists", index, last());
        return slots[position(index)];
    }

    /** Whether this log holds {@code id}, and so by Log Matching all entries before it too. */
    public boolean holds(EntryId id) {
        return id.index() >= compacted.index()
                && id.index() <= last()
                && termAt(id.index()) == id.term();
    }

    public void append(Entry entry) {
        Check.equal("log-contiguous", last() + 1, entry.index());
        Check.atMost("log-terms-rise", size == 0 ? compacted.term() : lastTerm(), entry.term());
        if (start + size == slots.length) {
            makeRoom();
        }
        slots[start + size] = entry;
        size++;
    }

    /** Removes every entry after {@code index}. */
    public void truncateAfter(long index) {
        Check.atMost("log-truncate-retained", compacted.index(), index);
        if (index >= last()) {
            return;
        }
        int kept = (int) (index - compacted.index());
        Arrays.fill(slots, start + kept, start + size, null);
        size = kept;
        lastSlice = List.of();
        handedOut = Math.min(handedOut, index);
        durable = Math.min(durable, index);
        trimBatches(index);
    }

    /** A batch keeps its number but speaks no more for entries that were cut. */
    private void trimBatches(long index) {
        for (int i = writing.size(); i > 0; i--) {
            Batch batch = writing.removeFirst();
            writing.addLast(batch.last() <= index ? batch : new Batch(batch.number(), index));
        }
    }

    /** Lets go of the entries up to {@code index}. */
    public void compact(long index) {
        if (index <= compacted.index()) {
            return;
        }
        Check.atMost("log-compact-durable", index, durable);
        EntryId last = idAt(index);
        int count = (int) (index - compacted.index());
        Arrays.fill(slots, start, start + count, null);
        start += count;
        size -= count;
        compacted = last;
    }

    /**
     * Replaces the whole log by a snapshot that ends at {@code last}; it is durable when the next
     * Ready is. What is durable until then is what was agreed on before, up to {@code agreed}.
     */
    public void reset(EntryId last, long agreed) {
        Check.below("log-reset-forward", agreed, last.index());
        Arrays.fill(slots, start, start + size, null);
        start = 0;
        size = 0;
        compacted = last;
        lastSlice = List.of();
        writing.clear();
        durable = Math.min(durable, agreed);
        handedOut = last.index() - 1;
    }

    public boolean hasUnwritten() {
        return handedOut < last();
    }

    /** The entries that no Ready carried yet; from now on the Ready {@code number} carries them. */
    public List<Entry> handOut(long number) {
        if (!hasUnwritten()) {
            return List.of();
        }
        List<Entry> entries = slice(Math.max(handedOut, compacted.index()) + 1, last());
        handedOut = last();
        writing.addLast(new Batch(number, handedOut));
        return entries;
    }

    /** The Ready {@code number} and all before it are durable. */
    public void persisted(long number) {
        while (!writing.isEmpty() && writing.peekFirst().number() <= number) {
            durable = Math.max(durable, writing.removeFirst().last());
        }
    }

    /**
     * The number of the Ready after which {@code index} is durable: 0 if it is so already, {@code
     * next} if no Ready carried it yet.
     */
    public long numberThatStores(long index, long next) {
        if (index <= durable) {
            return 0;
        }
        if (index <= handedOut) {
            for (Batch batch : writing) {
                if (batch.last() >= index) {
                    return batch.number();
                }
            }
        }
        return next;
    }

    /**
     * The greatest index, at most {@code atMost}, whose term is at most {@code term}. Below what is
     * retained nothing is known of terms, and {@code atMost} itself is the answer.
     */
    public long lastWithTermAtMost(long atMost, long term) {
        long low = compacted.index();
        long high = Math.min(atMost, last());
        if (high < low) {
            return high;
        }
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (termAt(middle) <= term) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Entries {@code from..to}, copied by reference; never a view of this log. */
    public List<Entry> slice(long from, long to) {
        if (from > to) {
            return List.of();
        }
        Check.below("log-slice-retained", compacted.index(), from);
        Check.atMost("log-slice-exists", to, last());
        int count = (int) (to - from + 1);
        if (count == 1) {
            return List.of(slots[position(from)]);
        }
        if (lastSlice.size() != count || lastSlice.getFirst().index() != from) {
            int at = position(from);
            lastSlice = List.of(Arrays.copyOfRange(slots, at, at + count));
        }
        return lastSlice;
    }

    /**
     * The last index of the longest run from {@code from}, at most to {@code to}, within {@code
     * maxBytes}; one entry at least.
     */
    public long lastWithin(long from, long to, long maxBytes) {
        long bytes = 0;
        for (long index = from; index <= to; index++) {
            bytes += slots[position(index)].data().length;
            if (bytes > maxBytes && index > from) {
                return index - 1;
            }
        }
        return to;
    }

    /** Ids, what is durable, and what is on its way to the disk in which Ready. */
    public String describe() {
        StringBuilder text = new StringBuilder("log after ").append(compacted).append(':');
        for (int i = 0; i < size; i++) {
            text.append(' ').append(slots[start + i].id());
        }
        text.append(", durable ").append(durable).append(", handed out ").append(handedOut);
        for (Batch batch : writing) {
            text.append(", to ").append(batch.last()).append(" in #").append(batch.number());
        }
        return text.toString();
    }

    private int position(long index) {
        return start + (int) (index - compacted.index() - 1);
    }

    private long lastTerm() {
        return slots[start + size - 1].term();
    }

    private void makeRoom() {
        if (start > slots.length / 2) {
            System.arraycopy(slots, start, slots, 0, size);
            Arrays.fill(slots, size, start + size, null);
        } else {
            Entry[] larger = new Entry[slots.length * 2];
            System.arraycopy(slots, start, larger, 0, size);
            slots = larger;
        }
        start = 0;
    }
}
