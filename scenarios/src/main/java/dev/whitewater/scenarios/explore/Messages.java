package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Describe;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.VoteResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Every message that was ever sent in any state, each with a number. */
final class Messages {

    private final List<int[]> renamings;
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<long[]> hashes = new ArrayList<>();

    Messages(List<int[]> renamings) {
        this.renamings = renamings;
    }

    int number(Message message) {
        String text = describe(message);
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        long[] renamed = new long[renamings.size()];
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = Hashes.of("message " + Permutations.rename(text, renamings.get(i)));
        }
        numbers.put(text, messages.size());
        messages.add(message);
        texts.add(text);
        hashes.add(renamed);
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

    String text(int number) {
        return texts.get(number);
    }

    /** The hash under the renaming {@code i}. */
    long hash(int number, int i) {
        return hashes.get(number)[i];
    }

    /** The place of the receiver among the members. */
    int receiver(int number) {
        return (int) messages.get(number).to().value() - 1;
    }

    /** Whether a receiver that will never be below {@code term} again drops it unread. */
    boolean isDead(int number, long term) {
        Message message = messages.get(number);
        boolean answer =
                message instanceof VoteResponse
                        || message instanceof PreVoteResponse
                        || message instanceof AppendResponse
                        || message instanceof HeartbeatResponse;
        return answer && message.term() < term;
    }
}
