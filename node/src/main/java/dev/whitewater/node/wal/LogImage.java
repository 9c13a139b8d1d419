package dev.whitewater.node.wal;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import java.util.ArrayList;
import java.util.List;

/**
 * The log as the records read so far leave it, and what the next record must say to belong.
 *
 * <p>Reading may begin in the middle: the segments before were removed because a snapshot stands
 * for all that the log still held of them. Of the entries up to {@link #base()} nothing is known
 * then.
 */
final class LogImage {

    private final ArrayList<Entry> entries = new ArrayList<>();
    private long base;

    /** The term at {@link #base()} if a record named it, else 0. */
    private long baseTerm;

    private EntryId reset = EntryId.ZERO;
    private long life;
    private HardState hardState = HardState.INITIAL;
    private long nextSequence = 1;
    private int chain;
    private boolean untouched = true;

    /** How many lives the process has had. */
    long life() {
        return life;
    }

    HardState hardState() {
        return hardState;
    }

    /** What is known of the log, from {@code base() + 1} on. */
    List<Entry> entries() {
        return entries;
    }

    /** The index before the first entry that is known. */
    long base() {
        return base;
    }

    long baseTerm() {
        return baseTerm;
    }

    /** Where the last snapshot ended that replaced the log; {@link EntryId#ZERO} for none. */
    EntryId reset() {
        return reset;
    }

    /** The sequence number of the record that comes next. */
    long nextSequence() {
        return nextSequence;
    }

    /** The checksum of the record read last. */
    int chain() {
        return chain;
    }

    long lastIndex() {
        return base + entries.size();
    }

    /** A segment begins; the first one there is need not begin with the first record of all. */
    void begin(SegmentHeader header) {
        if (untouched && header.number() > 1) {
            base = header.firstIndex() - 1;
            nextSequence = header.firstSequence();
            chain = header.chain();
        }
        untouched = false;
    }

    /**
     * Whether {@code id} may be the entry in the log at its index: nothing known speaks against.
     */
    boolean holds(EntryId id) {
        if (id.index() < base || id.index() > lastIndex()) {
            return false;
        }
        if (id.index() == base) {
            return baseTerm == 0 || baseTerm == id.term();
        }
        return entries.get((int) (id.index() - base - 1)).term() == id.term();
    }

    /** The entries after {@code index}. */
    List<Entry> after(long index) {
        return List.copyOf(entries.subList((int) (index - base), entries.size()));
    }

    /** Why {@code record} can't follow, although its checksum holds; empty if it can. */
    String objection(LogRecord record) {
        long last = record.isReset() ? record.reset().index() : lastIndex();
        if (!record.entries().isEmpty()) {
            long first = record.entries().getFirst().index();
            if (first < 1 || first > last + 1 || (record.isReset() && first <= last)) {
                return "begins at index " + first + " where the log ends at " + last;
            }
            last = record.entries().getLast().index();
        }
        if (record.hardState().commit() > last) {
            return "says that " + record.hardState().commit() + " was committed, of " + last;
        }
        if (record.hardState().term() < hardState.term()) {
            return "goes back from term " + hardState.term() + " to " + record.hardState().term();
        }
        if (record.life() < life) {
            return "was written in life " + record.life() + " after one of life " + life;
        }
        return "";
    }

    void apply(RecordHeader header, LogRecord record) {
        if (record.isReset()) {
            reset = record.reset();
            beginAfter(reset.index(), reset.term());
        }
        if (!record.entries().isEmpty()) {
            long first = record.entries().getFirst().index();
            if (first <= base) {
                beginAfter(first - 1, 0);
            }
            entries.subList((int) (first - base - 1), entries.size()).clear();
            entries.addAll(record.entries());
        }
        life = record.life();
        hardState = record.hardState();
        nextSequence = header.sequence() + 1;
        chain = header.checksum();
    }

    private void beginAfter(long index, long term) {
        entries.clear();
        base = index;
        baseTerm = term;
    }
}
