package dev.whitewater.sim.disk;

import dev.whitewater.sim.plan.DiskPlan;

/** Whose disk it is and what the plan says of it. */
public record DiskSettings(int member, DiskPlan plan) {}
