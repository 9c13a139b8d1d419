package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.sim.RunOptions;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.KnownCheckpoints;
import dev.whitewater.store.Limits;
import dev.whitewater.store.Store;
import dev.whitewater.store.StreamCheckpoints;
import dev.whitewater.store.mapdb.MapDbCheckpoints;
import dev.whitewater.store.port.BackendFile;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * MapDB's files on simulated disks: that a member comes back from them after crashes, torn and lost
 * writes, rot and wipes is not taken on trust.
 */
class MapDbUnderFaultsTest {

    /** Counts, and may forget to say that a file isn't finished. */
    private static final class Watched implements Checkpoints {
        private final Checkpoints layout = new MapDbCheckpoints();
        private final boolean stopsEarly;
        private int begun;
        private int opened;

        private Watched(boolean stopsEarly) {
            this.stopsEarly = stopsEarly;
        }

        @Override
        public Writer begin(Store store, BackendFile file) {
            begun++;
            Writer writer = layout.begin(store, file);
            return stopsEarly ? new Unfinished(writer) : writer;
        }

        @Override
        public Reader open(BackendFile file, Limits limits) {
            opened++;
            return layout.open(file, limits);
        }

        @Override
        public boolean isLaidOutIn(BackendFile file) {
            return layout.isLaidOutIn(file);
        }
    }

    private record Unfinished(Checkpoints.Writer writer) implements Checkpoints.Writer {
        @Override
        public long appliedIndex() {
            return writer.appliedIndex();
        }

        @Override
        public boolean step(int bytesMost) {
            writer.step(bytesMost);
            writer.abandon();
            return false;
        }

        @Override
        public boolean looksBack() {
            return writer.looksBack();
        }

        @Override
        public void abandon() {
            writer.abandon();
        }
    }

    private static RunOutcome run(long seed, Watched mapped) {
        KnownCheckpoints both = new KnownCheckpoints(List.of(mapped, new StreamCheckpoints()));
        return Runner.quick(
                SwarmPlans.expand(seed, Rapids.V), RunOptions.QUICK.withCheckpoints(both));
    }

    @Test
    void membersComeBackFromCheckpointsInMapDb() {
        Watched mapped = new Watched(/* stopsEarly */ false);
        for (long seed = 1; seed <= 10; seed++) {
            RunOutcome outcome = run(seed, mapped);
            assertTrue(outcome.judgement().isPassed(), outcome.judgement().toString());
        }
        assertTrue(mapped.begun > 50, "written " + mapped.begun);
        assertTrue(mapped.opened > 50, "opened " + mapped.opened);
    }

    @Test
    void runsWithMapDbRepeat() {
        long first = run(2, new Watched(false)).result().traceHash();
        assertEquals(first, run(2, new Watched(false)).result().traceHash());
    }

    @Test
    void fileThatIsNotFinishedIsNoticed() {
        Watched broken = new Watched(/* stopsEarly */ true);
        boolean noticed = false;
        for (long seed = 1; seed <= 10 && !noticed; seed++) {
            noticed = !run(seed, broken).judgement().isPassed();
        }
        assertTrue(noticed);
    }
}
