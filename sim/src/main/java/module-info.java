/** The deterministic simulator: members, disks, networks, clocks and clients in one thread. */
module dev.whitewater.sim {
    requires transitive dev.whitewater.raft;
    requires dev.whitewater.node;
    requires dev.whitewater.store;

    exports dev.whitewater.sim;
    exports dev.whitewater.sim.plan;
    exports dev.whitewater.sim.history;
    exports dev.whitewater.sim.trace;
    exports dev.whitewater.sim.random to
            dev.whitewater.scenarios;
}
