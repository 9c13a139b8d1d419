package dev.whitewater.sim.net;

import dev.whitewater.sim.Counters;

/** How many frames met which fate. */
public final class NetworkCounters {

    long sent;
    long delivered;
    long lost;
    long cut;
    long duplicated;

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
