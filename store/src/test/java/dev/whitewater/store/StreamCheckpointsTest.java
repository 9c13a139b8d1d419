package dev.whitewater.store;

class StreamCheckpointsTest extends CheckpointsContract {
    @Override
    protected Checkpoints checkpoints() {
        return new StreamCheckpoints();
    }
}
