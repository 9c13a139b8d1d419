package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.TraceSink;

/** Everything outside that a member touches. */
public record Ports(Disk disk, PeerNetwork network, ClientReplies replies, TraceSink trace) {}
