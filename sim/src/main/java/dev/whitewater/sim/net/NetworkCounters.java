package dev.whitewater.sim.net;

import dev.whitewater.sim.Counters;
import dev.whitewater.sim.trace.Fate;

/** How many frames met which fate. */
public final class NetworkCounters {

    private long sent;
    private long delivered;
    private long lost;
    private long cut;
    private long duplicated;

    /** A frame was sent, and this became of it. */
    void count(Fate fate) {
        sent++;
        switch (fate) {
            case CUT -> cut++;
            case LOST -> lost++;
            case DUPLICATED -> duplicated++;
            case NONE, DELAYED -> {}
        }
    }

    /** A frame reached a running member. */
    public void delivered() {
        delivered++;
    }

    /** A frame was under way when its link was cut. */
    public void cutUnderWay() {
        cut++;
    }

    /** A frame reached a member that was down. */
    public void lostAtReceiver() {
        lost++;
    }

    public Counters.Messages messages() {
        return new Counters.Messages(sent, delivered, lost, cut, duplicated);
    }
}
