/** One member: the consensus core, its write-ahead log and the store behind ports. */
module dev.whitewater.node {
    requires transitive dev.whitewater.raft;
    requires transitive dev.whitewater.store;

    exports dev.whitewater.node;
    exports dev.whitewater.node.codec;
    exports dev.whitewater.node.port;
    // The simulator's monitors read frames and disks with the member's own decoders.
    exports dev.whitewater.node.snapshot;
    exports dev.whitewater.node.wal;
    exports dev.whitewater.node.wire;
}
