package dev.whitewater.sim.cluster;

import dev.whitewater.sim.clock.MemberClock;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;

/**
 * When a member is woken next because of the time alone. It is set after every event of the member,
 * and mostly to a later time than before; so what is in the queue already stays there, and may ring
 * too early: then it is to be set again. Of all that were ever put into the queue only the last
 * counts.
 */
final class Alarm {
    private static final long NEVER = Long.MAX_VALUE;

    private final int member;
    private final MemberClock clock;
    private final EventQueue<SimEvent> queue;
    private long setFor = NEVER;

    /** What the member's clock will show then. */
    private long reading = NEVER;

    private long arming;

    Alarm(int member, MemberClock clock, EventQueue<SimEvent> queue) {
        this.member = member;
        this.clock = clock;
        this.queue = queue;
    }

    /** The member is to be woken when its clock shows {@code deadline}, or before. */
    void set(long deadline, long now) {
        // Most events put it off, and a timer that comes too early asks again.
        if (deadline >= reading) {
            return;
        }
        // A frozen clock never shows it: who lets it run again sets the alarm again.
        long time = clock.whenShows(deadline, now);
        if (time < setFor) {
            setFor = time;
            reading = deadline;
            arming++;
            queue.push(time, new SimEvent.TimerFires(member, arming));
        }
    }

    /** Whether that timer is the last that was set; then none is any more. */
    boolean rings(SimEvent.TimerFires timer) {
        boolean isLast = timer.arming() == arming;
        if (isLast) {
            unset();
        }
        return isLast;
    }

    /** The clock shows another time now, or runs at another pace: to be set again. */
    void clockChanged() {
        reading = NEVER;
    }

    /** Nothing that is in the queue counts any more. */
    void cancel() {
        arming++;
        unset();
    }

    private void unset() {
        setFor = NEVER;
        reading = NEVER;
    }
}
