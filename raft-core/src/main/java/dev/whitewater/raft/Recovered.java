package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;

import java.util.List;

/**
 * What a member finds on its disk. {@code applied} is the last index whose effect the state machine
 * already carries.
 */
public record Recovered(HardState hardState, List<Entry> entries, long applied) {

    public static final Recovered NOTHING = new Recovered(HardState.INITIAL, List.of(), 0);
}
