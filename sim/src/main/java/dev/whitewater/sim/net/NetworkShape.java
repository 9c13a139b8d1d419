package dev.whitewater.sim.net;

/** Which links there are, and whose frames go over them. */
public record NetworkShape(Links links, long clusterId) {}
