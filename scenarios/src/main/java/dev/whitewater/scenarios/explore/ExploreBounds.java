package dev.whitewater.scenarios.explore;

/**
 * How far an exploration goes.
 *
 * @param members size of the cluster, 1 to 5
 * @param terms no election starts that would lead beyond this term
 * @param proposals how many commands leaders take in, over all
 * @param crashes how many times a member loses what is not synced, over all
 * @param heartbeats whether a leader's heartbeat timer fires as well
 * @param symmetry whether states that differ only in the members' names count as one
 * @param maxStates gives up beyond so many states
 */
public record ExploreBounds(
        int members,
        int terms,
        int proposals,
        int crashes,
        boolean heartbeats,
        boolean symmetry,
        long maxStates) {

    public ExploreBounds {
        range("members", members, 1, 5);
        range("terms", terms, 1, 9);
        range("proposals", proposals, 0, 9);
        range("crashes", crashes, 0, 9);
        if (maxStates < 1 || maxStates > 1_000_000_000) {
            throw new IllegalArgumentException("maxStates must be in 1..1e9, got " + maxStates);
        }
    }

    private static void range(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " must be in " + low + ".." + high + ", got " + value);
        }
    }

    @Override
    public String toString() {
        return members
                + " members, "
                + terms
                + " terms, "
                + proposals
                + " proposals, "
                + crashes
                + " crashes"
                + (heartbeats ? ", heartbeats" : "")
                + (symmetry ? ", symmetric" : "");
    }
}
