package dev.whitewater.sim.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;

import org.junit.jupiter.api.Test;

/** The history in packed form: nothing of an operation may get lost in it. */
final class OperationBookTest {

    private final OperationBook book = new OperationBook();

    private static Operation swap(int number) {
        Operation operation =
                new Operation(7, Kind.CAS, "k" + number, "c7-" + number + "....", "é", number == 3);
        operation.member = 2;
        operation.invokeNanos = 5_000_000_000L + number;
        operation.invokeEvent = 900L + number;
        operation.floor = 17;
        operation.forwarded = number == 4;
        return operation;
    }

    private static void answer(Operation operation, Outcome outcome) {
        operation.returnNanos = operation.invokeNanos + 1_000_000;
        operation.returnEvent = operation.invokeEvent + 12;
        operation.outcome = outcome;
        operation.result = "true";
        operation.revision = 88;
        operation.wrote = true;
    }

    @Test
    void closedOperationComesBackAsItWas() {
        for (int number = 0; number < 200; number++) {
            Operation operation = swap(number);
            book.add(operation);
            answer(operation, Outcome.OK);
            book.close(number);
            Operation back = book.get(number);
            assertNotSame(operation, back);
            assertEquals(operation.toHistory(), back.toHistory());
            assertEquals(operation.floor, back.floor);
            assertEquals(operation.wrote, back.wrote);
            assertEquals(operation.forwarded, back.forwarded);
            assertEquals(operation.toString(), back.toString());
        }
        assertEquals(200, book.size());
    }

    @Test
    void openOperationIsTheVeryObjectThatWasCalled() {
        Operation open = swap(0);
        book.add(open);
        assertSame(open, book.get(0));
        assertTrue(book.get(0).isOpen());
    }

    @Test
    void operationThatWasGivenUpStaysWholeForALateAnswer() {
        Operation operation = swap(0);
        book.add(operation);
        answer(operation, Outcome.UNKNOWN);
        book.close(0);
        assertSame(operation, book.get(0));
        assertFalse(book.get(0).isOpen());
    }
}
