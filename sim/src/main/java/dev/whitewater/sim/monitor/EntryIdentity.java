package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Entry;

/**
 * M4, log matching: term and index name one entry for ever, and the one before it (thesis figure
 * 3.2). Checked where an entry becomes durable; since each entry fixes its predecessor, logs that
 * agree at an index agree before it.
 */
final class EntryIdentity {

    private final EntryBook book;

    EntryIdentity(EntryBook book) {
        this.book = book;
    }

    /** {@code entry} becomes durable after an entry of {@code previousTerm}. */
    void durable(MemberState member, Entry entry, long previousTerm) {
        if (!book.has(entry.index(), entry.term())) {
            book.add(entry, previousTerm);
            return;
        }
        EntryBook.Page page = book.page(entry.index(), entry.term());
        if (!page.entry().equals(entry)) {
            throw finding(member + " holds another entry " + entry.id() + " than was seen before");
        }
        if (page.previousTerm() != previousTerm) {
            throw finding(
                    member
                            + " holds entry "
                            + entry.id()
                            + " after one of term "
                            + previousTerm
                            + ", elsewhere it follows one of term "
                            + page.previousTerm());
        }
    }

    private static Finding finding(String message) {
        return new Finding("M4", "log matching", message);
    }
}
