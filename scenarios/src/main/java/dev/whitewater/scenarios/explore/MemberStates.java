package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The states that a single member can be in, each with a number, and where each input takes it. The
 * core runs once for each pair of state and input, whatever the rest of the cluster does; all else
 * is looking up.
 */
final class MemberStates {

    static final int TIMEOUT = 0;
    static final int PROPOSE = 1;
    static final int SYNC = 2;
    static final int CRASH = 3;

    /** Inputs from here on are the deliveries of messages, by number. */
    static final int DELIVER = 4;

    private static final int UNKNOWN = -1;

    private final List<NodeId> voters = new ArrayList<>();
    private final RaftRules rules;
    private final Messages messages;
    private final Renamings renamings;
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final List<MemberState> states = new ArrayList<>();
    private final List<int[]> renamed = new ArrayList<>();
    private final LongIntMap known = new LongIntMap();
    private final List<Step> steps = new ArrayList<>();

    /** Where an input leads, and the numbers of the messages that leave on the way. */
    record Step(int to, int[] sent) {}

    MemberStates(int members, RaftRules rules, Messages messages, Renamings renamings) {
        for (int i = 1; i <= members; i++) {
            voters.add(new NodeId(i));
        }
        this.rules = rules;
        this.messages = messages;
        this.renamings = renamings;
    }

    int count() {
        return states.size();
    }

    MemberState get(int number) {
        return states.get(number);
    }

    /** The member at {@code place} with an empty disk. */
    int first(int place) {
        return start(place, Machine.Disk.EMPTY).to();
    }

    Step step(int from, int input) {
        long key = ((long) from << 32 | input) + 1;
        int at = known.get(key);
        if (at == LongIntMap.MISSING) {
            at = steps.size();
            steps.add(take(states.get(from), input));
            known.putIfMissing(key, at);
        }
        return steps.get(at);
    }

    private Step take(MemberState from, int input) {
        Machine machine = again(from.place(), from.origin(), from.inputs());
        if (input == CRASH) {
            return start(from.place(), machine.disk());
        }
        machine.takeSent();
        apply(machine, input);
        List<Integer> inputs = new ArrayList<>(from.inputs());
        inputs.add(input);
        return arrive(machine, from.place(), from.origin(), inputs);
    }

    private Machine again(int place, Machine.Disk origin, List<Integer> inputs) {
        Machine machine = new Machine(place, voters, origin, rules);
        for (int input : inputs) {
            apply(machine, input);
        }
        return machine;
    }

    /** The state of a member of another name to whom the same happened under the other names. */
    int renamed(int number, int renaming) {
        int[] names = renamed.get(number);
        if (names[renaming] == UNKNOWN) {
            names[renaming] = rename(states.get(number), renaming);
        }
        return names[renaming];
    }

    private int rename(MemberState state, int renaming) {
        int place = renamings.place(state.place(), renaming);
        HardState hard = state.origin().hardState();
        NodeId vote = renamings.rename(hard.votedFor(), renaming);
        Machine.Disk origin =
                new Machine.Disk(
                        new HardState(hard.term(), vote, hard.commit()),
                        state.origin().log(),
                        state.origin().applied());
        List<Integer> inputs = new ArrayList<>();
        for (int input : state.inputs()) {
            inputs.add(
                    input < DELIVER
                            ? input
                            : DELIVER + messages.renamed(input - DELIVER, renaming));
        }
        return arrive(again(place, origin, inputs), place, origin, inputs).to();
    }

    private void apply(Machine machine, int input) {
        switch (input) {
            case TIMEOUT -> machine.timeout();
            case PROPOSE -> machine.propose();
            case SYNC -> machine.sync();
            default -> machine.deliver(messages.get(input - DELIVER));
        }
    }

    private Step start(int place, Machine.Disk disk) {
        return arrive(new Machine(place, voters, disk, rules), place, disk, List.of());
    }

    private Step arrive(Machine machine, int place, Machine.Disk origin, List<Integer> inputs) {
        int[] sent = machine.takeSent().stream().mapToInt(messages::number).toArray();
        String text = text(machine);
        Integer number = numbers.get(text);
        if (number == null) {
            number = states.size();
            numbers.put(text, number);
            int[] names = new int[renamings.count()];
            Arrays.fill(names, UNKNOWN);
            renamed.add(names);
            states.add(
                    new MemberState(
                            place,
                            origin,
                            List.copyOf(inputs),
                            facts(machine),
                            machine.isWriting()));
        }
        return new Step(number, sent);
    }

    /** All that decides the future, Readys named by their order among those that still matter. */
    private static String text(Machine machine) {
        TreeSet<Long> open = new TreeSet<>(machine.writingNumbers());
        long oldest = open.isEmpty() ? Long.MAX_VALUE : open.first();
        StringBuilder text = new StringBuilder();
        for (String line : machine.raft().describe()) {
            ranked(text, line, open, oldest);
            text.append('\n');
        }
        // The commit index on the disk is no more than what the state machine has applied.
        HardState disk = machine.hardState();
        text.append("disk ").append(disk.term()).append(' ').append(disk.votedFor());
        text.append(ids(machine.log()));
        return text.append(" writing ").append(open.size()).toString();
    }

    /** Replaces each {@code #number} by its place in the queue of writes, 0 if it is written. */
    private static void ranked(
            StringBuilder text, String line, NavigableSet<Long> open, long oldest) {
        for (int i = 0; i < line.length(); i++) {
            text.append(line.charAt(i));
            if (line.charAt(i) == '#') {
                long number = 0;
                while (i + 1 < line.length() && Character.isDigit(line.charAt(i + 1))) {
                    i++;
                    number = number * 10 + (line.charAt(i) - '0');
                }
                text.append(number < oldest ? 0 : open.headSet(number, true).size());
            }
        }
    }

    private MemberState.Facts facts(Machine machine) {
        Raft raft = machine.raft();
        List<EntryId> log = new ArrayList<>();
        for (long index = 1; index <= raft.lastIndex(); index++) {
            log.add(new EntryId(raft.termAt(index), index));
        }
        List<Long> match = new ArrayList<>();
        for (NodeId voter : voters) {
            match.add(raft.matchIndex(voter));
        }
        HardState disk = machine.hardState();
        return new MemberState.Facts(
                raft.role(),
                raft.term(),
                raft.votedFor(),
                disk.term(),
                disk.votedFor(),
                disk.term() == raft.term() && disk.votedFor().equals(raft.votedFor()),
                raft.leader(),
                raft.commit(),
                machine.disk().applied(),
                log,
                ids(machine.log()),
                match);
    }

    private static List<EntryId> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }
}
