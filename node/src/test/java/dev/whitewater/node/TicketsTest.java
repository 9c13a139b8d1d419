package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

class TicketsTest {

    private static final long LIFE = 1L << 40;

    @Property(tries = 200)
    void noTicketIsTakenTwice(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 10_000) Integer> numbers) {
        Tickets tickets = new Tickets();
        TreeSet<Long> taken = new TreeSet<>();
        for (int number : numbers) {
            long ticket = 3 * LIFE + number;
            boolean forgotten = !taken.isEmpty() && ticket <= taken.getLast() - Tickets.REMEMBERED;
            assertEquals(!forgotten && !taken.contains(ticket), tickets.take(ticket));
            if (!forgotten) {
                taken.add(ticket);
            }
        }
    }

    @Test
    void ticketsOfAnEarlierLifeAreRefused() {
        Tickets tickets = new Tickets();
        assertTrue(tickets.take(LIFE + 5));
        assertTrue(tickets.take(2 * LIFE + 1));
        assertFalse(tickets.take(LIFE + 6));
        assertTrue(tickets.take(2 * LIFE + 5));
        assertFalse(tickets.take(2 * LIFE + 5));
    }
}
