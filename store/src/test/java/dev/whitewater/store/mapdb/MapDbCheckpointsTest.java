package dev.whitewater.store.mapdb;

import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.CheckpointsContract;

class MapDbCheckpointsTest extends CheckpointsContract {
    @Override
    protected Checkpoints checkpoints() {
        return new MapDbCheckpoints();
    }
}
