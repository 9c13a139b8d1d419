package dev.whitewater.sim.net;

import dev.whitewater.node.port.Checksum;

/** Which links there are, and whose frames go over them, with which checksum. */
public record NetworkShape(Links links, long clusterId, Checksum checksum) {}
