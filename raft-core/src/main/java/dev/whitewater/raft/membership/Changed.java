package dev.whitewater.raft.membership;

import dev.whitewater.raft.message.Configuration;

/** The result of arithmetic on configurations. */
public sealed interface Changed {

    record To(Configuration configuration) implements Changed {}

    record Impossible(String why) implements Changed {}
}
