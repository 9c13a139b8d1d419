package dev.whitewater.raft;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.quorum.Quorum;

import java.util.ArrayDeque;

/**
 * The configuration in force: the last one in the log, committed or not (thesis §4.1). A pure
 * function of the log and its snapshot: appending an entry puts its configuration in force at once,
 * cutting it off brings the one before back.
 */
final class Membership {

    private final ArrayDeque<At> history = new ArrayDeque<>();
    private Quorum quorum;

    /** {@code configuration} is in force from {@code index} on. */
    private record At(long index, Configuration configuration) {}

    Membership(long index, Configuration first) {
        reset(index, first);
    }

    Configuration active() {
        return history.getLast().configuration();
    }

    /** The index of the entry that put {@link #active()} in force. */
    long activeSince() {
        return history.getLast().index();
    }

    /** The configuration as of {@code index}, which is retained or compacted. */
    Configuration at(long index) {
        Configuration found = history.getFirst().configuration();
        for (At each : history) {
            if (each.index() <= index) {
                found = each.configuration();
            }
        }
        return found;
    }

    Quorum quorum() {
        return quorum;
    }

    void appended(Entry entry) {
        if (entry.kind() == EntryKind.CONFIGURATION) {
            history.addLast(new At(entry.index(), Configuration.decode(entry.data())));
            activate();
        }
    }

    void truncatedAfter(long index) {
        boolean cut = false;
        while (history.getLast().index() > index) {
            Check.below("configuration-under-truncation", 1, history.size());
            history.removeLast();
            cut = true;
        }
        if (cut) {
            activate();
        }
    }

    /** Forgets all but the configuration as of {@code index} and what came after it. */
    void compacted(long index) {
        At newest = history.getFirst();
        while (!history.isEmpty() && history.getFirst().index() <= index) {
            newest = history.removeFirst();
        }
        history.addFirst(newest);
    }

    /** A snapshot replaced the log. */
    void reset(long index, Configuration configuration) {
        history.clear();
        history.addLast(new At(index, configuration));
        activate();
    }

    private void activate() {
        Configuration active = active();
        quorum = new Quorum(active.voters(), active.outgoing());
    }
}
