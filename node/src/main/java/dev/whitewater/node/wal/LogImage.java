package dev.whitewater.node.wal;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;

import java.util.ArrayList;
import java.util.List;

/** The log as the records read so far leave it, and what the next record must say to belong. */
final class LogImage {

    private final ArrayList<Entry> entries = new ArrayList<>();
    private long life;
    private HardState hardState = HardState.INITIAL;
    private long nextSequence = 1;
    private int chain;

    /** How many lives the process has had. */
    long life() {
        return life;
    }

    HardState hardState() {
        return hardState;
    }

    List<Entry> entries() {
        return entries;
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
        return entries.size();
    }

    /** Why {@code record} can't follow, although its checksum holds; empty if it can. */
    String objection(LogRecord record) {
        long last = lastIndex();
        if (!record.entries().isEmpty()) {
            long first = record.entries().getFirst().index();
            if (first < 1 || first > last + 1) {
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
        if (!record.entries().isEmpty()) {
            int first = (int) record.entries().getFirst().index();
            entries.subList(first - 1, entries.size()).clear();
            entries.addAll(record.entries());
        }
        life = record.life();
        hardState = record.hardState();
        nextSequence = header.sequence() + 1;
        chain = header.checksum();
    }
}
