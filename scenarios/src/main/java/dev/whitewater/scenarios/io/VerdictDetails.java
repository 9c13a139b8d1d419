package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Judgement.Evidence;
import dev.whitewater.scenarios.RunOutcome.Answer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verdict tells a reader beyond what can be compared: where it was seen, what proves it, and
 * the question with its answer.
 *
 * @param event where in the trace the violation was seen; 0 for nowhere
 */
public record VerdictDetails(
        String rapids,
        String sut,
        String monitorName,
        long event,
        Evidence evidence,
        long events,
        long virtualNanos,
        String title,
        Answer answer) {

    private static final int NANOS_DIGITS = 9;

    static VerdictDetails read(String file, byte[] bytes) {
        Item root = LocatedReader.json(file, bytes, "a verdict");
        Fields f = Fields.of(root, "", false, VerdictFile.FIELDS);
        return new VerdictDetails(
                f.scalarOrEmpty("rapids"),
                f.text("sut"),
                f.scalarOrEmpty("monitorName"),
                f.isNothing("event") ? 0 : f.whole("event", 0, Long.MAX_VALUE),
                evidence(f.section("evidence", List.of("operations", "text"))),
                f.whole("events", 0, Long.MAX_VALUE),
                nanos(f.scalarOrEmpty("virtualSeconds")),
                f.scalarOrEmpty("title"),
                answer(f));
    }

    private static Evidence evidence(Fields f) {
        List<Integer> operations = new ArrayList<>();
        for (long number : numbers(f, "operations")) {
            operations.add((int) number);
        }
        return new Evidence(operations, f.scalarOrEmpty("text"));
    }

    private static Answer answer(Fields f) {
        if (!f.has("question")) {
            return Answer.NONE;
        }
        Fields q = f.section("question", List.of("moment", "asks", "answer", "because"));
        return new Answer(
                q.whole("moment", 0, Long.MAX_VALUE),
                q.text("asks"),
                q.text("answer"),
                numbers(q, "because"));
    }

    private static List<Long> numbers(Fields f, String name) {
        List<Long> numbers = new ArrayList<>();
        for (Item item : f.list(name)) {
            numbers.add(Fields.whole(item, f.at(name), 0, Long.MAX_VALUE));
        }
        return numbers;
    }

    private static long nanos(String seconds) {
        return seconds.isEmpty()
                ? 0
                : new BigDecimal(seconds).movePointRight(NANOS_DIGITS).longValue();
    }
}
