package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

import java.util.List;

/**
 * A known bug that can be planted in the core by its id.
 *
 * @param story what the wrong code does, and how that comes to harm
 * @param source where it was found, or who warned of it
 * @param monitors the ids of those that may name it first
 * @param planted the core's rules with this one broken
 */
public record Bug(
        String id,
        String title,
        Layer layer,
        String story,
        String source,
        List<String> monitors,
        RaftRules planted) {

    public Bug {
        monitors = List.copyOf(monitors);
    }

    /** The part of the system that is broken. */
    public enum Layer {
        ELECTION,
        REPLICATION,
        COMMIT,
        READS,
        MEMBERSHIP,
        SNAPSHOT,
        PERSISTENCE
    }
}
