package dev.whitewater.checker.elle.sim;

import dev.whitewater.checker.elle.HistoryBuilder;
import dev.whitewater.checker.elle.OpType;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Values;
import dev.whitewater.checker.elle.Workload;

/** Makes a history of a simulation without a detour over text. */
public final class BuilderSink implements EventSink {
    private final Workload workload;
    private final HistoryBuilder builder;

    public BuilderSink(Workload workload) {
        this.workload = workload;
        this.builder = new HistoryBuilder(workload);
    }

    public TransactionHistory history() {
        return builder.build();
    }

    @Override
    public void begin(OpType type, int process) {
        builder.begin(type, process);
    }

    @Override
    public void write(int key, int value) {
        builder.write(key, value);
    }

    @Override
    public void readBlind(int key) {
        builder.readBlind(key);
    }

    @Override
    public void read(int key, int[] elements, int count) {
        if (workload == Workload.LIST_APPEND) {
            builder.readIds(key, elements, 0, count);
        } else {
            builder.read(key, count == 0 ? Values.NIL : elements[count - 1]);
        }
    }

    @Override
    public void end() {
        builder.end();
    }
}
