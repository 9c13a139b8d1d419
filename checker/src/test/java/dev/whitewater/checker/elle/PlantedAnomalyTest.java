package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.sim.BuilderSink;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/**
 * One anomaly on keys of its own, hidden behind a long clean history, is found and nothing else.
 */
class PlantedAnomalyTest {
    private static final int FRESH_KEY = 1_000_000;
    private static final int FRESH_PROCESS = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "G0,                 a01 a11 | a02 a12 | r0:1:2 | r1:2:1",
        "G1c,                a01 r1:1 | a11 r0:1",
        "G-single-item,      a01 a11 | r0:1 r1",
        "G-nonadjacent-item, a01 | a11 | r0:1 r1 | r0 r1:1",
        "G2-item,            r0 a11 | r1 a01"
    })
    void plantedAnomalyIsFoundAloneInALongHistory(String type, String transactions) {
        for (int seed = 0; seed < 5; seed++) {
            BuilderSink sink = new BuilderSink(Workload.LIST_APPEND);
            SimulationPlan plan = SimulationPlan.crowded(400);
            SimulatedDatabase.run(plan, Isolation.SERIALIZABLE, seed, sink);
            plant(sink, transactions);
            ElleOptions options = ElleOptions.defaults().expecting(ConsistencyModel.SERIALIZABLE);
            ElleResult result = ListAppend.check(sink.history(), options);
            assertEquals(List.of(type), result.anomalyTypes(), result::toString);
            assertEquals(1, result.anomalies().getFirst().count());
        }
    }

    /** Transactions of operations {@code aKE} (append E to key K) and {@code rK:E:E}. */
    private static void plant(BuilderSink sink, String transactions) {
        int process = FRESH_PROCESS;
        for (String transaction : transactions.split("\\|", -1)) {
            sink.begin(OpType.OK, process++);
            for (String operation : transaction.trim().split(" ", -1)) {
                int key = FRESH_KEY + operation.charAt(1) - '0';
                if (operation.startsWith("a")) {
                    sink.write(key, operation.charAt(2) - '0');
                } else {
                    int[] list =
                            operation
                                    .chars()
                                    .skip(3)
                                    .filter(Character::isDigit)
                                    .map(c -> c - '0')
                                    .toArray();
                    sink.read(key, list, list.length);
                }
            }
            sink.end();
        }
    }
}
