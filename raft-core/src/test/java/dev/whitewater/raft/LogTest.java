package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.log.RaftLog;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The log against a simple model of it, and of the disk that it is written to. */
final class LogTest {

    /** A write on its way: from where it replaces the disk's log, and with what. */
    private record Write(long number, List<Entry> entries) {}

    @Property(tries = 300)
    void whatTheLogCallsDurableIsOnDisk(@ForAll long seed) {
        Dice dice = new Dice(seed);
        RaftLog log = new RaftLog(EntryId.ZERO, List.of());
        List<Entry> model = new ArrayList<>();
        List<Entry> disk = new ArrayList<>();
        ArrayDeque<Write> writes = new ArrayDeque<>();
        long number = 0;
        long term = 1;
        for (int step = 0; step < 200; step++) {
            switch (dice.below(5)) {
                case 0, 1 -> {
                    term += dice.oneIn(4) ? 1 : 0;
                    long atLeast = model.isEmpty() ? 1 : model.getLast().term();
                    EntryId id = new EntryId(Math.max(atLeast, term), log.last() + 1);
                    // Told apart by content: the same id may come back with another.
                    Entry entry = Entry.command(id, new byte[] {(byte) step});
                    model.add(entry);
                    log.append(entry);
                }
                case 2 -> {
                    long keep = log.compacted() + dice.below(model.size() + 1);
                    keep = Math.min(Math.max(keep, log.compacted()), log.last());
                    while (log.compacted() < keep && model.size() > keep) {
                        model.removeLast();
                    }
                    if (keep > log.compacted()) {
                        log.truncateAfter(keep);
                        term = model.getLast().term();
                    }
                }
                case 3 -> {
                    number++;
                    if (log.hasUnwritten()) {
                        writes.add(new Write(number, log.handOut(number)));
                    }
                }
                default -> {
                    if (!writes.isEmpty()) {
                        Write write = writes.removeFirst();
                        for (Entry entry : write.entries()) {
                            while (disk.size() >= entry.index()) {
                                disk.removeLast();
                            }
                            disk.add(entry);
                        }
                        log.persisted(write.number());
                    }
                }
            }
            assertEquals(model.size(), log.last());
            for (int i = 0; i < log.durable(); i++) {
                assertEquals(model.get(i), disk.get(i));
            }
            for (Entry entry : model) {
                assertTrue(log.holds(entry.id()));
            }
        }
    }

    @Property
    void theHintIsTheLastEntryWhoseTermIsLowEnough(@ForAll long seed) {
        Dice dice = new Dice(seed);
        List<Entry> entries = new ArrayList<>();
        long term = 1;
        for (int index = 1; index <= 20; index++) {
            term += dice.oneIn(3) ? 1 + dice.below(3) : 0;
            entries.add(Entry.noop(new EntryId(term, index)));
        }
        RaftLog log = new RaftLog(EntryId.ZERO, entries);
        long atMost = dice.below(25);
        long wanted = dice.below(20);
        long naive = 0;
        for (Entry entry : entries) {
            if (entry.index() <= atMost && entry.term() <= wanted) {
                naive = entry.index();
            }
        }
        assertEquals(naive, log.lastWithTermAtMost(atMost, wanted));
    }

    @Test
    void compactingKeepsWhatFollows() {
        RaftLog log = new RaftLog(EntryId.ZERO, List.of());
        for (int index = 1; index <= 300; index++) {
            log.append(Entry.noop(new EntryId(1, index)));
            log.handOut(index);
            log.persisted(index);
            if (index % 50 == 0) {
                log.compact(index - 10);
            }
        }
        assertEquals(290, log.compacted());
        assertEquals(1, log.termAt(290));
        assertEquals(10, log.slice(291, 300).size());
        assertThrows(InvariantViolation.class, () -> log.entry(290));
    }

    @Test
    void anEntryThatLeavesAGapIsRefused() {
        RaftLog log = new RaftLog(EntryId.ZERO, List.of());
        assertThrows(InvariantViolation.class, () -> log.append(Entry.noop(new EntryId(1, 2))));
    }

    @Test
    void anEntryOfAnOlderTermIsRefused() {
        RaftLog log = new RaftLog(EntryId.ZERO, List.of(Entry.noop(new EntryId(2, 1))));
        assertThrows(InvariantViolation.class, () -> log.append(Entry.noop(new EntryId(1, 2))));
    }
}
