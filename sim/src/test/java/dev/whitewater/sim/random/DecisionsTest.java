package dev.whitewater.sim.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.Ratio;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.TreeSet;

class DecisionsTest {

    @Test
    void theAlgorithmIsFrozen() {
        Decisions decisions = new Decisions(42);
        assertEquals(
                "ace167a8aaee87a4",
                Long.toHexString(decisions.bits(Purpose.FRAME_LOSS, 1, 2, 3, 4)));
        assertEquals("bbab031d6fc0f336", Long.toHexString(Mix.finish(0x1234)));
    }

    @Test
    void everyPartOfAKeyMatters() {
        TreeSet<Long> seen = new TreeSet<>();
        for (Purpose purpose : Purpose.values()) {
            for (long part = 0; part < 20; part++) {
                Decisions decisions = new Decisions(part);
                seen.add(decisions.bits(purpose, 100, 100));
                seen.add(new Decisions(1000).bits(purpose, part, 100));
                seen.add(new Decisions(1000).bits(purpose, 100, part));
            }
        }
        assertEquals(Purpose.values().length * 60, seen.size());
        assertNotEquals(
                new Decisions(1).bits(Purpose.FRAME_LOSS, 1, 2),
                new Decisions(1).bits(Purpose.FRAME_LOSS, 2, 1));
    }

    @Property
    void numbersStayBelowTheirBound(
            @ForAll long bits, @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bound) {
        long number = Decisions.below(bits, bound);
        assertTrue(number >= 0 && number < bound);
    }

    @Property
    void delaysStayWithinTheirPlan(@ForAll long bits) {
        long delay = Decisions.delay(bits, new DelayPlan(5, 10, 1_000));
        assertTrue(delay >= 5 && delay <= 1_000);
    }

    @Test
    void aRatioIsHitAsOftenAsItSays() {
        Decisions decisions = new Decisions(9);
        int hits = 0;
        for (int i = 0; i < 10_000; i++) {
            hits += Decisions.hits(decisions.bits(Purpose.FRAME_LOSS, i), new Ratio(1, 4)) ? 1 : 0;
        }
        assertTrue(hits > 2_300 && hits < 2_700, "hits " + hits);
        assertTrue(Decisions.hits(decisions.bits(Purpose.FRAME_LOSS, 1), Ratio.ALWAYS));
    }
}
