package dev.whitewater.server.crank;

import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;

/** Who waits for the reply to a request. Called once, by the state-machine thread. */
@FunctionalInterface
public interface Answer {
    void take(Reply reply, NodeView member);
}
