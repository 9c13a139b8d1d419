package dev.whitewater.server.trespass;

import dev.whitewater.raft.Raft;

/** What must not be in the server: a hand on the core. */
public final class VotesByItself {

    private final Raft raft;

    public VotesByItself(Raft raft) {
        this.raft = raft;
    }

    public void hurry() {
        raft.advance(1);
    }
}
