package dev.whitewater.checker.elle.sim;

import dev.whitewater.checker.elle.OpType;
import dev.whitewater.checker.elle.Workload;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a simulation as Jepsen would: one EDN map per line. */
public final class EdnSink implements EventSink {
    private final Workload workload;
    private final Appendable out;
    private final StringBuilder line = new StringBuilder();
    private long index;
    private boolean first;

    public EdnSink(Workload workload, Appendable out) {
        this.workload = workload;
        this.out = out;
    }

    @Override
    public void begin(OpType type, int process) {
        line.setLength(0);
        line.append("{:index ").append(index++).append(", :time -1, :type :").append(type.label());
        line.append(", :process ").append(process).append(", :f :txn, :value [");
        first = true;
    }

    @Override
    public void write(int key, int value) {
        separate().append(workload == Workload.LIST_APPEND ? "[:append " : "[:w ");
        line.append(key).append(" ").append(value).append("]");
    }

    @Override
    public void readBlind(int key) {
        separate().append("[:r ").append(key).append(" nil]");
    }

    @Override
    public void read(int key, int[] elements, int count) {
        separate().append("[:r ").append(key).append(" ");
        if (count == 0) {
            line.append("nil]");
        } else if (workload == Workload.RW_REGISTER) {
            line.append(elements[count - 1]).append("]");
        } else {
            for (int i = 0; i < count; i++) {
                line.append(i == 0 ? "[" : " ").append(elements[i]);
            }
            line.append("]]");
        }
    }

    @Override
    public void end() {
        line.append("]}\n");
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StringBuilder separate() {
        line.append(first ? "" : " ");
        first = false;
        return line;
    }
}
