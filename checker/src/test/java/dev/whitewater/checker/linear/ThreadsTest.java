package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.port.Parallel;
import dev.whitewater.checker.runner.GeneratedKv;
import dev.whitewater.checker.runner.Runner;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** How many threads judge, and which is done first, changes nothing that is told. */
class ThreadsTest {
    private static final int OPERATIONS = 80_000;
    private static final int KEYS = 300;

    /** Tasks from the last to the first, and how many there were. */
    private static final class Backwards implements Parallel {
        private int most;

        @Override
        public <T> List<T> all(List<Supplier<T>> tasks) {
            most = Math.max(most, tasks.size());
            List<T> results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
            for (int i = tasks.size() - 1; i >= 0; i--) {
                results.set(i, tasks.get(i).get());
            }
            return results;
        }
    }

    private static Verdict sameHowever(History history, Model<?> model, Options options) {
        Verdict alone = Linearizability.check(history, model, options);
        Backwards backwards = new Backwards();
        assertEquals(alone, Linearizability.check(history, model, options.with(backwards)));
        assertEquals(alone, Linearizability.check(history, model, options.with(Runner.threads())));
        assertTrue(backwards.most > 2, "only " + backwards.most + " tasks");
        return alone;
    }

    private static String generated(int infoPerMille) {
        GeneratedKv.Shape shape = new GeneratedKv.Shape(OPERATIONS, KEYS, 8, infoPerMille, false);
        return new String(new GeneratedKv(shape, 3).edn(), StandardCharsets.UTF_8);
    }

    /** Some answers of gets become those of others. */
    private static String wrong(String text, int times) {
        Random random = new Random(1);
        String[] lines = text.split("\n");
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(lines.length);
            if (lines[at].contains(":ok, :f :get")) {
                lines[at] = lines[at].replaceAll(":value .*", ":value \"v1\"}");
            }
        }
        return String.join("\n", lines);
    }

    private static History parse(String text) {
        return HistoryReader.read(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ordersAreTheSame() {
        Options options = Options.DEFAULT.explaining();
        assertTrue(sameHowever(parse(generated(20)), Models.kv(), options).isValid());
    }

    @Test
    void ofManyBrokenKeysTheSameIsTold() {
        History history = parse(wrong(generated(20), 60));
        assertTrue(sameHowever(history, Models.kv(), Options.DEFAULT).isInvalid());
        Options explained = Options.DEFAULT.explaining();
        assertTrue(sameHowever(history, Models.kv(), explained).isInvalid());
    }

    /** Values that are swapped one for the next: the order within each key is forced. */
    @Test
    void chainsOfSwapsAreTheSame() {
        assertTrue(sameHowever(swaps(0), Models.casRegister(), Options.DEFAULT).isValid());
        assertTrue(sameHowever(swaps(40), Models.casRegister(), Options.DEFAULT).isInvalid());
    }

    private static History swaps(int errors) {
        Random random = new Random(2);
        StringBuilder lines = new StringBuilder();
        int[] values = new int[KEYS];
        for (int i = 0; i < OPERATIONS; i++) {
            int key = i % KEYS;
            int old = values[key];
            String before = old == 0 ? "nil" : Integer.toString(old);
            boolean wrong = random.nextInt(OPERATIONS) < errors;
            values[key] = i + 1;
            String change =
                    old == 0
                            ? ":f :write, :value " + values[key]
                            : ":f :cas, :value ["
                                    + (wrong ? "7" : before)
                                    + " "
                                    + values[key]
                                    + "]";
            String rest = ", :process 0, :key " + key + ", " + change + "}\n";
            lines.append("{:type :invoke").append(rest).append("{:type :ok").append(rest);
        }
        return parse(lines.toString());
    }

    @Test
    void checksByRevisionAreTheSame() {
        assertTrue(sameHowever(store(0), Models.etcdKv(), Options.DEFAULT).isValid());
        Verdict verdict = sameHowever(store(50), Models.etcdKv(), Options.DEFAULT);
        assertTrue(verdict.isInvalid());
        // Of several keys it is the first, in the order in which the history names them.
        Witness witness = ((Verdict.Invalid) verdict).witness();
        assertEquals("wrong-value", witness.rule());
    }

    private static History store(int errors) {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        int[] values = new int[KEYS];
        for (int i = 0; i < OPERATIONS; i++) {
            int key = random.nextInt(KEYS);
            boolean put = i % 2 == 0;
            int seen = random.nextInt(OPERATIONS) < errors ? 1 : values[key];
            values[key] = put ? i + 1 : values[key];
            lines.append("{\"client\":1,\"invoke\":").append(2 * i);
            lines.append(",\"return\":").append(2 * i + 1);
            lines.append(",\"key\":\"k").append(key).append("\",\"outcome\":\"ok\",");
            lines.append(
                    put
                            ? "\"kind\":\"put\",\"value\":\"" + values[key] + "\""
                            : "\"kind\":\"get\",\"result\":"
                                    + (seen == 0 ? "null" : "\"" + seen + "\""));
            lines.append(",\"revision\":").append(i / 2 + 2).append("}\n");
        }
        return parse(lines.toString());
    }
}
