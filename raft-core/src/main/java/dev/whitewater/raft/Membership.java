package dev.whitewater.raft;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.quorum.Quorum;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The configuration in force: the last one in the log, committed or not (thesis §4.1). A pure
 * function of the log and its snapshot: appending an entry puts its configuration in force at once,
 * cutting it off brings the one before back.
 */
final class Membership {

    private final ArrayDeque<At> history = new ArrayDeque<>();
    private Configuration active;
    private Quorum quorum;

    /** {@code configuration} is in force from {@code index} on. */
    private record At(long index, Configuration configuration) {}

    Membership(long index, Configuration first) {
        reset(index, first);
    }

    Configuration active() {
        return active;
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

    /**
     * Whether {@code id} votes in any configuration that may still turn out to be the one in force:
     * the last that is committed at {@code commit}, or one after it. Such a member campaigns even
     * if its own latest configuration is without it (thesis §4.2.2).
     *
     * <p>Were it not so: (1) the configuration (n1 n2 n3) becomes (n1), n3 leads and has the entry,
     * n1 does not; (2) n3 crashes and comes back; (3) n1 needs a vote of n2 or n3, whose logs are
     * ahead of its own, and these two do not campaign: nobody ever leads again.
     */
    boolean mayStillVote(NodeId id, long commit) {
        for (Iterator<At> newest = history.descendingIterator(); newest.hasNext(); ) {
            At each = newest.next();
            if (each.configuration().isVoter(id)) {
                return true;
            }
            if (each.index() <= commit) {
                return false;
            }
        }
        return false;
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
        active = history.getLast().configuration();
        quorum = new Quorum(active.voters(), active.outgoing());
    }
}
