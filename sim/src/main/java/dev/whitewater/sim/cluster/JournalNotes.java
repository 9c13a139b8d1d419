package dev.whitewater.sim.cluster;

import dev.whitewater.node.port.TraceSink;
import dev.whitewater.sim.journal.Journal;

/** A member's reasons go to the event that it is handling. */
record JournalNotes(Journal journal) implements TraceSink {

    @Override
    public boolean enabled() {
        return journal.isFull();
    }

    @Override
    public void note(String text) {
        journal.note(text);
    }
}
