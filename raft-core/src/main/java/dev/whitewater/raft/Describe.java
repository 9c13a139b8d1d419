package dev.whitewater.raft;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ProposalRequest;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.List;

/** The words in which traces, golden files and reports show the core's values. */
public final class Describe {

    private Describe() {}

    /** {@code n1->n2 AppendRequest t3 prev 2/40 +2 commit 40}. */
    public static String message(Message message) {
        return message.from() + "->" + message.to() + " " + content(message);
    }

    /** The message without its two ends. */
    public static String content(Message message) {
        String head = message.getClass().getSimpleName() + " t" + message.term();
        return switch (message) {
            case PreVoteRequest it -> head + " campaign " + it.campaignTerm() + " log " + it.last();
            case PreVoteResponse it ->
                    head + " campaign " + it.campaignTerm() + verdict(it.granted());
            case VoteRequest it ->
                    head + " log " + it.last() + (it.byTransfer() ? " by transfer" : "");
            case VoteResponse it -> head + verdict(it.granted());
            case AppendRequest it ->
                    head
                            + " prev "
                            + it.previous()
                            + " +"
                            + it.entries().size()
                            + " commit "
                            + it.commit();
            case AppendResponse it ->
                    head
                            + (it.accepted()
                                    ? " accepted " + it.index()
                                    : " rejected " + it.index() + " hint " + it.hint());
            case InstallSnapshot it -> head + " " + it.snapshot();
            case TimeoutNow it -> head;
            case HeartbeatRequest it -> head + " commit " + it.commit() + round(it.readContext());
            case HeartbeatResponse it -> head + round(it.readContext());
            case ReadIndexRequest it -> head + " read " + it.context();
            case ReadIndexResponse it -> head + " read " + it.context() + " index " + it.index();
            case ProposalRequest it -> head + " +" + it.commands().size();
        };
    }

    private static String verdict(boolean granted) {
        return granted ? " granted" : " refused";
    }

    private static String round(long readContext) {
        return readContext == 0 ? "" : " round " + readContext;
    }

    /** One line per item of each lane. */
    public static String ready(Ready ready) {
        StringBuilder text = new StringBuilder("ready ").append(ready.number());
        if (!ready.restore().isEmpty()) {
            text.append("\n  restore ").append(ready.restore().snapshot());
        }
        Persist persist = ready.persist();
        if (!persist.isEmpty()) {
            text.append("\n  persist ")
                    .append(hardState(persist.hardState()))
                    .append(persist.entries().isEmpty() ? "" : " entries ")
                    .append(entries(persist.entries()));
        }
        for (Message message : ready.messages()) {
            text.append("\n  send ").append(message(message));
            if (message instanceof AppendRequest append && !append.entries().isEmpty()) {
                text.append(" [").append(entries(append.entries())).append(']');
            }
        }
        if (!ready.committed().isEmpty()) {
            text.append("\n  apply ").append(entries(ready.committed()));
        }
        for (ReadResult read : ready.reads()) {
            text.append("\n  read ").append(read(read));
        }
        return text.toString();
    }

    /** {@code accepted 3/7}, or the refusal and who to ask. */
    public static String proposal(ProposalResult result) {
        return switch (result) {
            case ProposalResult.Accepted it -> "accepted " + it.id();
            case ProposalResult.Forwarded it -> "forwarded to " + it.leader();
            case ProposalResult.Refused it -> "refused " + it.refusal() + ", leader " + it.leader();
        };
    }

    /** {@code accepted 3/7: voters (n1 n2 n3)}, or why not. */
    public static String change(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Accepted it -> "accepted " + it.id() + ": " + it.configuration();
            case ChangeResult.Refused it ->
                    "refused " + it.reason() + ": " + it.detail() + ", leader " + it.leader();
        };
    }

    /** {@code hands over to n2}, or why not. */
    public static String transfer(TransferResult result) {
        return switch (result) {
            case TransferResult.Started it -> "hands over to " + it.to();
            case TransferResult.Refused it -> "refused: " + it.why() + ", leader " + it.leader();
        };
    }

    static String hardState(HardState state) {
        return "t" + state.term() + " vote " + state.votedFor() + " commit " + state.commit();
    }

    static String entries(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(text.isEmpty() ? "" : " ").append(entry.id());
        }
        return text.toString();
    }

    private static String read(ReadResult result) {
        return switch (result) {
            case ReadResult.Granted it -> it.context() + " granted at " + it.index();
            case ReadResult.Refused it -> it.context() + " refused";
        };
    }

    /** {@code n1 LEADER t3 vote n1 commit 4 applied 4 log 0..5 durable 5}. */
    public static String member(RaftView view) {
        return view.self()
                + " "
                + view.role()
                + " t"
                + view.term()
                + " vote "
                + view.votedFor()
                + " leader "
                + view.leader()
                + " commit "
                + view.commit()
                + " applied "
                + view.applied()
                + " log "
                + view.compactedIndex()
                + ".."
                + view.lastIndex()
                + " durable "
                + view.durableIndex();
    }
}
