package dev.whitewater.raft.message;

/** The leader hands over: the receiver shall campaign at once (thesis §3.10). */
public record TimeoutNow(NodeId from, NodeId to, long term) implements Message {}
