package dev.whitewater.server.crank;

import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.WatchNews;

/** Who listens to a watch stream. Called by the state-machine thread. */
@FunctionalInterface
public interface WatchAnswers {
    void take(WatchNews news, NodeView member);
}
