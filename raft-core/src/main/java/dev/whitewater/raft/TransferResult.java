package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** What became of the wish to hand leadership over. */
public sealed interface TransferResult {

    /** Proposals are refused until {@code to} leads or an election timeout has passed. */
    record Started(NodeId to) implements TransferResult {}

    record Refused(String why, NodeId leader) implements TransferResult {}
}
