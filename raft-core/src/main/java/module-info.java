/** The Raft consensus core: messages and ticks in, {@code Ready} out. Needs nothing but the JDK. */
module dev.whitewater.raft {
    exports dev.whitewater.raft;
    exports dev.whitewater.raft.message;
}
