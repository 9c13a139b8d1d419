package dev.whitewater.sim.net;

import dev.whitewater.sim.plan.Ratio;

import java.util.Map;
import java.util.TreeMap;

/** What faults do to the links between members now: cuts, each counted, and extra loss. */
public final class Links {

    private final int members;
    private final int[] cuts;
    private final TreeMap<Long, Ratio> losses = new TreeMap<>();

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
}
