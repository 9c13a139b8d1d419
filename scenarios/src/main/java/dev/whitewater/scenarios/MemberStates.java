package dev.whitewater.scenarios;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.TraceEvent;

/** What every member's state is at one event of a trace: the sum of all changes up to it. */
final class MemberStates {
    private static final int FIELDS = StateChange.Field.values().length;

    private final long[][] values;
    private final boolean[] running;

    /** Members count from 1. */
    MemberStates(int members) {
        this.values = new long[members + 1][FIELDS];
        this.running = new boolean[members + 1];
    }

    /** Takes in the next event of the trace. */
    void take(TraceEvent event) {
        switch (event.kind()) {
            case START -> running[event.node()] = true;
            case CRASH -> {
                running[event.node()] = false;
                values[event.node()][StateChange.Field.ROLE.ordinal()] =
                        RoleKind.FOLLOWER.ordinal();
                values[event.node()][StateChange.Field.LEADER.ordinal()] = 0;
            }
            case SEND, DELIVER, DROP, TIMER, DISK, CLIENT, FAULT, NOTE, MONITOR -> {}
        }
        for (StateChange change : event.changes()) {
            values[event.node()][change.field().ordinal()] = change.value();
        }
    }

    boolean isRunning(int member) {
        return running[member];
    }

    long value(int member, StateChange.Field field) {
        return values[member][field.ordinal()];
    }

    RoleKind role(int member) {
        return RoleKind.values()[(int) value(member, StateChange.Field.ROLE)];
    }

    long term(int member) {
        return value(member, StateChange.Field.TERM);
    }

    /** The running leader of the highest term, or 0. */
    int leader() {
        int leader = 0;
        for (int member = 1; member < running.length; member++) {
            boolean leads = running[member] && role(member) == RoleKind.LEADER;
            if (leads && (leader == 0 || term(member) > term(leader))) {
                leader = member;
            }
        }
        return leader;
    }

    long highest(StateChange.Field field) {
        long highest = 0;
        for (int member = 1; member < running.length; member++) {
            highest = Math.max(highest, value(member, field));
        }
        return highest;
    }
}
