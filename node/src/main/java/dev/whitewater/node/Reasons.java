package dev.whitewater.node;

import dev.whitewater.node.port.TraceSink;
import dev.whitewater.raft.ReasonSink;

/** The core's reasons go where the member's go. */
record Reasons(TraceSink trace) implements ReasonSink {

    @Override
    public boolean enabled() {
        return trace.enabled();
    }

    @Override
    public void because(String reason) {
        trace.note(reason);
    }
}
