package dev.whitewater.sim.net;

/** The process that sends: a member, and how often it was started. */
public record Sender(int member, int incarnation) {}
