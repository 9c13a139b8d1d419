package dev.whitewater.sim.cluster;

import dev.whitewater.node.port.Checksum;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.net.Links;
import dev.whitewater.sim.net.SimulatedNetwork;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.store.Checkpoints;

/** What surrounds the members of one run. */
public record World(
        RunPlan plan,
        RaftRules rules,
        Decisions decisions,
        EventQueue<SimEvent> queue,
        Journal journal,
        Links links,
        SimulatedNetwork network,
        Monitors monitors,
        ClientReplies replies,
        Checksum checksum,
        Checkpoints checkpoints) {

    /** Frames and logs of all runs name the same cluster. */
    public static final long CLUSTER_ID = 1;

    /** The same world for a member whose answers take another way. */
    public World withReplies(ClientReplies newReplies) {
        return new World(
                plan,
                rules,
                decisions,
                queue,
                journal,
                links,
                network,
                monitors,
                newReplies,
                checksum,
                checkpoints);
    }
}
