package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.List;

class MemberTimeTest {

    @Property
    void noTickIsLostOrGainedHoweverOftenTheClockIsRead(
            @ForAll List<@IntRange(min = 0, max = 1000) Integer> steps,
            @ForAll @LongRange(min = 1, max = 300) long tick) {
        MemberTime time = new MemberTime(tick);
        time.start(500);
        long now = 500;
        long ticks = 0;
        for (int step : steps) {
            now += step;
            ticks += time.observe(now);
        }
        assertEquals((now - 500) / tick, ticks);
        assertEquals(now - 500, time.elapsed());
    }

    @Property
    void nextTickEndsWhenItSays(
            @ForAll @LongRange(min = 0, max = 1_000_000) long passed,
            @ForAll @LongRange(min = 1, max = 300) long tick,
            @ForAll @IntRange(min = 1, max = 100) int more) {
        MemberTime time = new MemberTime(tick);
        time.start(7);
        time.observe(7 + passed);
        long then = time.clockAfterTicks(more);
        assertEquals(more - 1, time.observe(then - 1));
        assertEquals(1, time.observe(then));
    }

    @Test
    void aClockThatStepsBackLetsNoTimePassAndGoesOnFromThere() {
        MemberTime time = new MemberTime(10);
        time.start(1000);
        assertEquals(2, time.observe(1025));
        assertEquals(0, time.observe(100));
        assertEquals(25, time.elapsed());
        assertEquals(1, time.observe(105));
        assertEquals(115, time.clockAfterTicks(1));
    }

    @Test
    void aClockThatJumpsToTheEndOfTimeOverflowsNothing() {
        MemberTime time = new MemberTime(10);
        time.start(Long.MIN_VALUE);
        assertEquals(Long.MAX_VALUE / 4 / 10, time.observe(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, time.clockAfterTicks(5));
    }
}
