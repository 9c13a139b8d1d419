package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Describe;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Every message that was ever sent in any state, each with a number. */
final class Messages {

    private static final int UNKNOWN = -1;

    private final Renamings renamings;
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<int[]> renamed = new ArrayList<>();

    Messages(Renamings renamings) {
        this.renamings = renamings;
    }

    int number(Message message) {
        String text = describe(message);
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        int[] names = new int[renamings.count()];
        Arrays.fill(names, UNKNOWN);
        numbers.put(text, messages.size());
        messages.add(message);
        texts.add(text);
        renamed.add(names);
        return messages.size() - 1;
    }

    private static String describe(Message message) {
        if (message instanceof AppendRequest append) {
            return Describe.message(message) + " " + append.entries();
        }
        return Describe.message(message);
    }

    Message get(int number) {
        return messages.get(number);
    }

    /** In words, with the member at place {@code i} called {@code names[i]}. */
    String text(int number, int[] names) {
        Message message = messages.get(number);
        String ends = name(message.from(), names) + "->" + name(message.to(), names);
        String text = texts.get(number);
        return ends + text.substring(text.indexOf(' '));
    }

    private static String name(NodeId id, int[] names) {
        return "n" + (names[(int) id.value() - 1] + 1);
    }

    /** The place of the receiver among the members. */
    int receiver(int number) {
        return (int) messages.get(number).to().value() - 1;
    }

    /** The same message between members of other names. */
    int renamed(int number, int renaming) {
        int[] names = renamed.get(number);
        if (names[renaming] == UNKNOWN) {
            names[renaming] = number(rename(messages.get(number), renaming));
        }
        return names[renaming];
    }

    private Message rename(Message message, int renaming) {
        NodeId from = renamings.rename(message.from(), renaming);
        NodeId to = renamings.rename(message.to(), renaming);
        long term = message.term();
        return switch (message) {
            case VoteRequest it -> new VoteRequest(from, to, term, it.last(), it.byTransfer());
            case VoteResponse it -> new VoteResponse(from, to, term, it.granted());
            case AppendRequest it ->
                    new AppendRequest(from, to, term, it.previous(), it.entries(), it.commit());
            case AppendResponse it ->
                    new AppendResponse(from, to, term, it.accepted(), it.index(), it.hint());
            case HeartbeatRequest it ->
                    new HeartbeatRequest(from, to, term, it.commit(), it.readContext());
            case HeartbeatResponse it -> new HeartbeatResponse(from, to, term, it.readContext());
            default ->
                    throw new InvariantViolation(
                            "explored-kinds-of-messages", Describe.message(message));
        };
    }
}
