package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ModelsTest {
    /** Operations of the same process one after the other: "f argument answer". */
    private static String sequence(String... operations) {
        StringBuilder edn = new StringBuilder();
        for (String operation : operations) {
            String[] words = operation.split(" ", 3);
            String call = "{:process 0, :type :%s, :f :" + words[0] + ", :value %s}\n";
            edn.append(call.replace("%s}", words[1] + "}").replace("%s", "invoke"));
            edn.append(call.replace("%s}", words[2] + "}").replace("%s", "ok"));
        }
        return edn.toString();
    }

    private static void assertValid(Model<?> model, String edn) {
        Verdict verdict = Linearizability.check(HistoryReader.parse(edn), model);
        assertInstanceOf(Verdict.Valid.class, verdict, verdict.toString());
    }

    private static void assertRefused(Model<?> model, String because, String edn) {
        Verdict verdict = Linearizability.check(HistoryReader.parse(edn), model);
        Witness witness = assertInstanceOf(Verdict.Invalid.class, verdict).witness();
        assertEquals(true, witness.sentence().contains(because), witness.sentence());
    }

    @Test
    void aFifoQueueKeepsItsOrder() {
        Model<?> model = Models.fifoQueue();
        String in = sequence("enqueue 1 1", "enqueue 2 2");
        assertValid(model, in + sequence("dequeue nil 1", "dequeue nil 2", "dequeue nil nil"));
        assertRefused(model, "the first element is 1", in + sequence("dequeue nil 2"));
        assertRefused(model, "the queue wasn't empty", in + sequence("dequeue nil nil"));
    }

    @Test
    void aQueueAnswersWhatIsInItOnce() {
        Model<?> model = Models.queue();
        String in = sequence("enqueue 1 1", "enqueue 2 2");
        assertValid(model, in + sequence("dequeue nil 2", "dequeue nil 1", "dequeue nil nil"));
        assertRefused(model, "can't", in + sequence("dequeue nil 2", "dequeue nil 2"));
    }

    @Test
    void anUnansweredDequeueMayHaveTakenAnything() {
        String lost =
                "{:process 1, :type :invoke, :f :dequeue}{:process 1, :type :info, :f :dequeue}\n";
        String in = sequence("enqueue 1 1", "enqueue 2 2");
        assertValid(Models.queue(), in + lost + sequence("dequeue nil 2", "dequeue nil nil"));
        assertValid(Models.queue(), in + lost + sequence("dequeue nil 1", "dequeue nil nil"));
    }

    @Test
    void aMutexIsHeldByOne() {
        assertValid(Models.mutex(), sequence("acquire nil nil", "release nil nil"));
        assertRefused(
                Models.mutex(),
                "it acquired a lock that was held",
                sequence("acquire nil nil", "acquire nil nil"));
        assertRefused(
                Models.fencedMutex(),
                "not greater",
                sequence("acquire nil 3", "release nil nil", "acquire nil 3"));
    }

    @Test
    void transactionsReadRegistersTogether() {
        Model<?> model = Models.multiRegister(Value.of(0));
        String write = sequence("txn [[:write,:x,1],[:write,:y,1]] [[:write :x 1] [:write :y 1]]");
        assertValid(model, write + sequence("txn [] [[:read :x 1] [:read :y 1]]"));
        assertRefused(model, "which is 1", write + sequence("txn [] [[:read :x 1] [:read :y 0]]"));
    }

    @Test
    void countersAndSetsSeeAll() {
        assertValid(Models.linearizableCounter(), sequence("add 2 2", "add 3 3", "read nil 5"));
        assertRefused(
                Models.linearizableCounter(),
                "while the sum is 2",
                sequence("add 2 2", "read nil 3"));
        assertValid(Models.linearizableSet(), sequence("add 2 2", "add 1 1", "read nil [1,2]"));
        assertRefused(Models.linearizableSet(), "it read [1]", sequence("add 2 2", "read nil [1]"));
    }

    @Test
    void aDrainIsAsManyDequeuesAsItAnswers() {
        String full = queued("enqueue", "1", "1") + queued("enqueue", "2", "2");
        for (Model<?> queue : List.of(Models.queue(), Models.fifoQueue())) {
            assertTrue(drained(queue, full + queued("drain", "nil", "[1 2]")).isValid());
            assertTrue(drained(queue, full + queued("drain", "nil", "[1]")).isValid());
            assertTrue(drained(queue, full + queued("drain", "nil", "[1 1]")).isInvalid());
            assertTrue(drained(queue, full + queued("drain", "nil", "[1 3]")).isInvalid());
            String again = queued("drain", "nil", "[1 2]") + queued("dequeue", "nil", "2");
            assertTrue(drained(queue, full + again).isInvalid());
        }
        assertTrue(drained(Models.fifoQueue(), full + queued("drain", "nil", "[2]")).isInvalid());
        // Not at one instant: 2 is gone before 3 comes, and both 1 and 3 are drained.
        String slow =
                full
                        + "{:process 9, :type :invoke, :f :drain}"
                        + queued("dequeue", "nil", "2")
                        + queued("enqueue", "3", "3")
                        + "{:process 9, :type :ok, :f :drain, :value [1 3]}";
        assertTrue(drained(Models.fifoQueue(), slow).isValid());
        String lost = full + "{:process 9, :type :invoke, :f :drain}";
        assertThrows(HistoryFormatException.class, () -> drained(Models.queue(), lost));
    }

    private static Verdict drained(Model<?> queue, String events) {
        return Linearizability.check(HistoryReader.parse(events), queue);
    }

    private static String queued(String function, String argument, String answer) {
        String start = "{:process 0, :f :" + function + ", :type ";
        return start + ":invoke, :value " + argument + "}" + start + ":ok, :value " + answer + "}";
    }
}
