package dev.whitewater.sim.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.sim.clock.MemberClock;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;

import org.junit.jupiter.api.Test;

class AlarmTest {
    private final EventQueue<SimEvent> queue = new EventQueue<>();
    private final MemberClock clock = new MemberClock(1_000, 0);
    private final Alarm alarm = new Alarm(3, clock, queue);

    private SimEvent.TimerFires next() {
        return (SimEvent.TimerFires) queue.pop();
    }

    @Test
    void ringsForItsMemberWhenTheClockShowsTheDeadline() {
        alarm.set(1_500, 0);
        assertEquals(500, queue.nextTime());
        SimEvent.TimerFires timer = next();
        assertEquals(3, timer.member());
        assertTrue(alarm.rings(timer));
        assertFalse(alarm.rings(new SimEvent.TimerFires(3, timer.arming() - 1)));
    }

    @Test
    void aLaterDeadlineLeavesWhatIsInTheQueue() {
        alarm.set(1_500, 0);
        alarm.set(1_900, 10);
        assertEquals(1, queue.size());
        assertTrue(alarm.rings(next()));
        alarm.set(1_900, 500);
        assertEquals(900, queue.nextTime());
    }

    @Test
    void anEarlierDeadlineTakesThePlaceOfTheOneBefore() {
        alarm.set(1_500, 0);
        alarm.set(1_200, 10);
        assertEquals(200, queue.nextTime());
        assertTrue(alarm.rings(next()));
        assertFalse(alarm.rings(next()));
    }

    @Test
    void nothingRingsAfterItsProcessEnded() {
        alarm.set(1_500, 0);
        alarm.cancel();
        assertFalse(alarm.rings(next()));
    }

    @Test
    void aClockThatJumpedRingsEarlier() {
        alarm.set(1_500, 0);
        clock.jump(10, 300);
        alarm.set(1_500, 10);
        assertEquals(1, queue.size());
        alarm.clockChanged();
        alarm.set(1_500, 10);
        assertEquals(200, queue.nextTime());
    }

    @Test
    void aFrozenClockRingsOnlyOnceItRunsAgain() {
        clock.freeze(0);
        alarm.set(1_500, 0);
        assertTrue(queue.isEmpty());
        clock.drift(100, 0);
        alarm.clockChanged();
        alarm.set(1_500, 100);
        assertEquals(600, queue.nextTime());
    }
}
