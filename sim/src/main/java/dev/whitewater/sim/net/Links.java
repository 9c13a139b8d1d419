package dev.whitewater.sim.net;

import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Fault.Link;
import dev.whitewater.sim.plan.Ratio;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What faults do to the links between members now: cuts, each counted; extra loss, delay and
 * disorder; and times in which frames wait.
 */
public final class Links {

    private final int members;
    private final int[] cuts;
    private final TreeMap<Long, Ratio> losses = new TreeMap<>();
    private final TreeMap<Long, Fault.DropFrame> drops = new TreeMap<>();
    private final TreeMap<Long, Slow> slows = new TreeMap<>();
    private final TreeMap<Long, List<Clog>> clogs = new TreeMap<>();

    /**
     * Frames take up to {@code extraNanosMax} longer: at a ratio, or all; on some links, or all.
     *
     * @param links none for every link
     * @param ordered whether the link keeps its order nevertheless
     */
    public record Slow(List<Link> links, Ratio ratio, long extraNanosMax, boolean ordered) {}

    /** What is sent on the link from a time on waits for another. */
    public record Clog(Link link, long fromNanos, long untilNanos) {}

    public Links(int members) {
        this.members = members;
        cuts = new int[(members + 1) * (members + 1)];
    }

    /** The place of a link in tables of {@link #size()} places. */
    int at(int from, int to) {
        return from * (members + 1) + to;
    }

    int size() {
        return cuts.length;
    }

    /** Cuts one direction; several cuts must all be mended before frames pass again. */
    public void cut(int from, int to) {
        cuts[at(from, to)]++;
    }

    public void mend(int from, int to) {
        cuts[at(from, to)]--;
    }

    public boolean isCut(int from, int to) {
        return cuts[at(from, to)] > 0;
    }

    /** Frames are lost at this ratio too, decided by {@code key}. */
    public void addLoss(long key, Ratio ratio) {
        losses.put(key, ratio);
    }

    public void removeLoss(long key) {
        losses.remove(key);
    }

    Map<Long, Ratio> losses() {
        return losses;
    }

    /** One frame is lost. */
    public void addDrop(long key, Fault.DropFrame drop) {
        drops.put(key, drop);
    }

    public void removeDrop(long key) {
        drops.remove(key);
    }

    // Asked for every frame, and nearly always of nothing: an iterator over nothing costs more.

    boolean isDropped(Sender sender, int to, long number) {
        if (drops.isEmpty()) {
            return false;
        }
        for (Fault.DropFrame drop : drops.values()) {
            if (drop.frame() == number
                    && drop.life() == sender.incarnation()
                    && drop.link().from() == sender.member()
                    && drop.link().to() == to) {
                return true;
            }
        }
        return false;
    }

    /** Frames are slow, decided by {@code key}. */
    public void addSlow(long key, Slow slow) {
        slows.put(key, slow);
    }

    public void removeSlow(long key) {
        slows.remove(key);
    }

    Map<Long, Slow> slows() {
        return slows;
    }

    /** Links are clogged in turn, as {@code key} named. */
    public void addClogs(long key, List<Clog> windows) {
        clogs.put(key, windows);
    }

    public void removeClogs(long key) {
        clogs.remove(key);
    }

    /** Until when a frame sent now must wait; 0 if the link is free. */
    long cloggedUntil(int from, int to, long now) {
        long until = 0;
        if (clogs.isEmpty()) {
            return until;
        }
        for (List<Clog> windows : clogs.values()) {
            for (Clog clog : windows) {
                boolean holds = clog.fromNanos() <= now && now < clog.untilNanos();
                if (holds && clog.link().from() == from && clog.link().to() == to) {
                    until = Math.max(until, clog.untilNanos());
                }
            }
        }
        return until;
    }
}
