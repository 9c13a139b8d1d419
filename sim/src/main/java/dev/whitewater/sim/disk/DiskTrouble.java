package dev.whitewater.sim.disk;

import dev.whitewater.sim.plan.Fault.DiskError.Step;
import dev.whitewater.sim.plan.Ratio;

import java.util.List;

/**
 * What the faults that are active make of one disk.
 *
 * @param extraNanosMax commands take up to this much longer
 * @param stalledUntil no sync completes before this simulated time
 * @param full nothing becomes longer
 */
public record DiskTrouble(
        long extraNanosMax, long stalledUntil, boolean full, List<Failing> failing) {

    public static final DiskTrouble NONE = new DiskTrouble(0, 0, false, List.of());

    public DiskTrouble {
        failing = List.copyOf(failing);
    }

    /** Commands fail at this ratio, decided by {@code key}. */
    public record Failing(long key, Step on, Ratio ratio) {}
}
