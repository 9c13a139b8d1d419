package dev.whitewater.raft.message;

import dev.whitewater.raft.Describe;

/**
 * What members say to each other. Every message names its sender, its receiver and the sender's
 * term; the term gate of {@code Raft.step} looks at nothing else.
 */
public sealed interface Message
        permits PreVoteRequest,
                PreVoteResponse,
                VoteRequest,
                VoteResponse,
                AppendRequest,
                AppendResponse,
                InstallSnapshot,
                TimeoutNow,
                HeartbeatRequest,
                HeartbeatResponse,
                ReadIndexRequest,
                ReadIndexResponse,
                ProposalRequest {

    NodeId from();

    NodeId to();

    /** In words: {@code n1->n2 AppendRequest t3 prev 2/40 +2 commit 40}. */
    default String describe() {
        return Describe.message(this);
    }

    /** The sender's current term; durable at the sender before the message leaves it. */
    long term();
}
