package dev.whitewater.sim.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class MemberClockTest {

    private static final long DAY = 86_400_000_000_000L;

    @Property
    void driftIsExactForADay(
            @ForAll @LongRange(min = 0, max = DAY) long time,
            @ForAll @IntRange(min = -500_000, max = 500_000) int ppm) {
        long exact =
                BigInteger.valueOf(time)
                        .multiply(BigInteger.valueOf(1_000_000 + ppm))
                        .divide(BigInteger.valueOf(1_000_000))
                        .longValueExact();
        assertEquals(17 + exact, new MemberClock(17, ppm).at(time));
    }

    @Property
    void aTimeIsFoundAtTheFirstMomentThatShowsIt(
            @ForAll @LongRange(min = 1, max = DAY) long shown,
            @ForAll @IntRange(min = -500_000, max = 500_000) int ppm) {
        MemberClock clock = new MemberClock(0, ppm);
        long when = clock.whenShows(shown, 0);
        assertTrue(clock.at(when) >= shown);
        assertTrue(when == 0 || clock.at(when - 1) < shown);
    }

    @Test
    void aJumpMovesTheClockForwardFromThenOn() {
        MemberClock clock = new MemberClock(0, 1_000);
        long before = clock.at(5_000_000);
        clock.jump(5_000_000, 300);
        assertEquals(before + 300, clock.at(5_000_000));
        assertEquals(before + 300 + 1_001_000, clock.at(6_000_000));
        assertEquals(5_000_000, clock.whenShows(before, 5_000_000));
    }
}
