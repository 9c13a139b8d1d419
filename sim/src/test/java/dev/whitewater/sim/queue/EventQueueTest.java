package dev.whitewater.sim.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

class EventQueueTest {

    private record Planned(long time, int number) {}

    @Property(tries = 300)
    void eventsComeInTheOrderOfTimeAndThenOfPushing(
            @ForAll List<@IntRange(min = 0, max = 20) Integer> times,
            @ForAll @IntRange(min = 1, max = 5) int popEvery) {
        EventQueue<Planned> queue = new EventQueue<>();
        List<Planned> naive = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Planned planned = new Planned(times.get(i), i);
            queue.push(planned.time(), planned);
            naive.add(planned);
            if (i % popEvery == 0) {
                assertNext(queue, naive);
            }
        }
        while (!naive.isEmpty()) {
            assertNext(queue, naive);
        }
        assertTrue(queue.isEmpty());
    }

    private static void assertNext(EventQueue<Planned> queue, List<Planned> naive) {
        // Sorting is stable, so equal times stay in the order of pushing.
        naive.sort(Comparator.comparingLong(Planned::time));
        assertEquals(naive.getFirst().time(), queue.nextTime());
        assertEquals(naive.removeFirst(), queue.pop());
        assertEquals(naive.size(), queue.size());
    }

    @Test
    void thousandsOfEventsComeInOrder() {
        EventQueue<Long> queue = new EventQueue<>();
        long word = 1;
        for (int i = 0; i < 5_000; i++) {
            word = word * 6364136223846793005L + 1442695040888963407L;
            queue.push(word >>> 40, word >>> 40);
        }
        long before = 0;
        for (int i = 0; i < 5_000; i++) {
            long time = queue.pop();
            assertTrue(time >= before);
            before = time;
        }
    }

    @Test
    void anEmptyQueueHasNoNextEvent() {
        EventQueue<String> queue = new EventQueue<>();
        assertThrows(IllegalStateException.class, queue::pop);
        assertThrows(IllegalStateException.class, queue::nextTime);
    }
}
