package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
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

    private final List<NodeId> voters = new ArrayList<>();
    private final RaftRules rules;
    private final Messages messages;
    private final List<int[]> renamings;
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final List<MemberState> states = new ArrayList<>();
    private final LongIntMap known = new LongIntMap();
    private final List<Step> steps = new ArrayList<>();

    /** Where an input leads, and the numbers of the messages that leave on the way. */
    record Step(int to, int[] sent) {}

    MemberStates(int members, RaftRules rules, Messages messages, List<int[]> renamings) {
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
        Machine machine = new Machine(from.place(), voters, from.origin(), rules);
        for (int past : from.inputs()) {
            apply(machine, past);
        }
        if (input == CRASH) {
            return start(from.place(), machine.disk());
        }
        machine.takeSent();
        apply(machine, input);
        List<Integer> inputs = new ArrayList<>(from.inputs());
        inputs.add(input);
        return arrive(machine, from.place(), from.origin(), inputs);
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
        List<String> lines = lines(machine);
        String text = String.join("\n", lines);
        Integer number = numbers.get(text);
        if (number == null) {
            number = states.size();
            numbers.put(text, number);
            states.add(
                    new MemberState(
                            place,
                            origin,
                            List.copyOf(inputs),
                            facts(machine),
                            machine.isWriting(),
                            hashes(lines)));
        }
        return new Step(number, sent);
    }

    /** All that decides the future, Readys named by their order among those that still matter. */
    private static List<String> lines(Machine machine) {
        TreeSet<Long> open = new TreeSet<>(machine.writingNumbers());
        long oldest = open.isEmpty() ? Long.MAX_VALUE : open.first();
        List<String> lines = new ArrayList<>();
        for (String line : machine.raft().describe()) {
            // It never changes here, and its order of names would hide what is symmetric.
            if (!line.startsWith("configuration ")) {
                lines.add(ranked(line, open, oldest));
            }
        }
        lines.add("disk " + machine.hardState() + " " + ids(machine.log()));
        lines.add("writing " + open.size());
        return lines;
    }

    /** Replaces each {@code #number} by its place in the queue of writes, 0 if it is written. */
    private static String ranked(String line, NavigableSet<Long> open, long oldest) {
        StringBuilder text = new StringBuilder();
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
        return text.toString();
    }

    private MemberState.Hash hashes(List<String> lines) {
        long[] hashes = new long[renamings.size()];
        for (int i = 0; i < hashes.length; i++) {
            for (String line : lines) {
                hashes[i] += Hashes.of(Permutations.rename(line, renamings.get(i)));
            }
            hashes[i] = Hashes.mix(hashes[i]);
        }
        return new MemberState.Hash(hashes);
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
        return new MemberState.Facts(
                raft.role(),
                raft.term(),
                machine.hardState().term(),
                raft.commit(),
                log,
                ids(machine.log()),
                match);
    }

    private static List<EntryId> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }
}
