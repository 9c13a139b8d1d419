package dev.whitewater.checker.elle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class LatticeTest {
    @Test
    void everyNameOfAModelLeadsToIt() {
        for (ConsistencyModel model : ConsistencyModel.values()) {
            for (String name : model.names()) {
                assertEquals(model, ConsistencyModel.named(name));
            }
        }
        assertEquals(
                ConsistencyModel.named("strict-serializable"), ConsistencyModel.named("PL-SS"));
        assertThrows(
                IllegalArgumentException.class, () -> ConsistencyModel.named("mostly-consistent"));
    }

    @Test
    void everyLabelOfAnAnomalyLeadsToIt() {
        for (Anomaly anomaly : Anomaly.values()) {
            assertEquals(anomaly, Anomaly.named(anomaly.label()));
        }
        assertThrows(IllegalArgumentException.class, () -> Anomaly.named("G3"));
    }

    @Test
    void noModelPromisesItselfByADetour() {
        for (ConsistencyModel model : ConsistencyModel.values()) {
            for (ConsistencyModel promised : Lattice.promisedBy(List.of(model))) {
                boolean back = Lattice.promisedBy(List.of(promised)).contains(model);
                assertEquals(promised == model, back, model + " and " + promised);
            }
        }
    }

    @Test
    void whatAModelForbidsAllStrongerModelsForbid() {
        for (ConsistencyModel model : ConsistencyModel.values()) {
            Set<Anomaly> forbidden = Lattice.forbiddenBy(List.of(model));
            for (ConsistencyModel stronger : Lattice.fallingWith(List.of(model))) {
                assertTrue(Lattice.forbiddenBy(List.of(stronger)).containsAll(forbidden));
            }
        }
    }

    @Test
    void anAnomalyRulesOutExactlyTheModelsThatForbidIt() {
        for (Anomaly anomaly : Anomaly.values()) {
            Set<ConsistencyModel> expected = EnumSet.noneOf(ConsistencyModel.class);
            for (ConsistencyModel model : ConsistencyModel.values()) {
                if (Lattice.forbiddenBy(List.of(model)).contains(anomaly)) {
                    expected.add(model);
                }
            }
            assertEquals(expected, Lattice.ruledOutBy(List.of(anomaly)), anomaly.label());
        }
    }

    @Test
    void cyclesOfOrdersAreCasesOfTheSameCyclesInTime() {
        for (Anomaly anomaly : Anomaly.values()) {
            if (anomaly.isCycle() && !anomaly.needsRealtimeOrder()) {
                String name = anomaly.label().replace("-process", "") + "-realtime";
                assertTrue(Lattice.impliedBy(List.of(anomaly)).contains(Anomaly.named(name)), name);
            }
        }
    }

    @Test
    void writeSkewLeavesSnapshotIsolationStanding() {
        Lattice.Boundary boundary = Lattice.boundary(List.of(Anomaly.G2_ITEM));
        assertEquals(List.of(ConsistencyModel.REPEATABLE_READ), boundary.not());
        assertFalse(boundary.alsoNot().contains(ConsistencyModel.SNAPSHOT_ISOLATION));
        assertTrue(boundary.alsoNot().contains(ConsistencyModel.SERIALIZABLE));
    }

    @Test
    void weakestAndStrongestAreTheEndsOfAChain() {
        List<ConsistencyModel> chain =
                List.of(
                        ConsistencyModel.STRONG_SERIALIZABLE,
                        ConsistencyModel.SERIALIZABLE,
                        ConsistencyModel.READ_COMMITTED);
        assertEquals(EnumSet.of(chain.getLast()), Lattice.weakest(chain));
        assertEquals(EnumSet.of(chain.getFirst()), Lattice.strongest(chain));
    }
}
