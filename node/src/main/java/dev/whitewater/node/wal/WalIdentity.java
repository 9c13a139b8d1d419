package dev.whitewater.node.wal;

import dev.whitewater.raft.message.NodeId;

/** Whose log it is; stands in every segment, so that no member starts on another's files. */
public record WalIdentity(long clusterId, NodeId member) {}
