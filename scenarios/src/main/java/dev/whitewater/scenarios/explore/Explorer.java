package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RoleKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sees every state that a small cluster can get into, breadth first, so that the first violation
 * has a shortest trace.
 *
 * <p>The network is the set of all messages ever sent: any of them arrives at any time, any number
 * of times or never, so loss, delay, reordering and duplication need no actions of their own.
 * Timers fire at will. Writes complete at will, in order. A crash loses the writes that wait.
 * Elections and replication are on; PreVote, CheckQuorum and reads are off.
 *
 * <p>States are told apart by 64-bit hashes; the chance that two of ten million states share one is
 * below one in 300,000. Answers that a member can only drop, since its durable term is beyond them,
 * are taken off the wire.
 */
public final class Explorer {

    private static final int HEADER = 2;

    private final ExploreBounds bounds;
    private final Messages messages;
    private final MemberStates members;
    private final GlobalChecks checks;
    private final int renamings;
    private final LongIntMap seen = new LongIntMap();
    private final List<Origin> origins = new ArrayList<>();
    private List<State> next = new ArrayList<>();
    private long unreduced;
    private long transitions;

    /**
     * A state of the cluster.
     *
     * @param numbers proposals made, crashes, the number of each member's state, then the messages
     *     on the wire in ascending order
     * @param hashes of the members' states and the messages, summed up under each renaming
     */
    private record State(int[] numbers, long[] hashes) {}

    /** How a state was first reached: from which, by which input to which member. */
    private record Origin(int from, int place, int input) {}

    private Explorer(ExploreBounds bounds, RaftRules rules) {
        this.bounds = bounds;
        List<int[]> names = Permutations.of(bounds.members(), bounds.symmetry());
        this.renamings = names.size();
        this.messages = new Messages(names);
        this.members = new MemberStates(bounds.members(), rules, messages, names);
        this.checks = new GlobalChecks(messages);
    }

    /** Explores all there is within {@code bounds}, or up to the first violation. */
    public static ExploreResult explore(ExploreBounds bounds, RaftRules rules) {
        return new Explorer(bounds, rules).run();
    }

    private ExploreResult run() {
        int[] first = new int[HEADER + bounds.members()];
        long[] hashes = new long[renamings];
        for (int place = 0; place < bounds.members(); place++) {
            first[HEADER + place] = members.first(place);
            addMember(hashes, first[HEADER + place], 1);
        }
        admit(new State(first, hashes), new Origin(-1, 0, 0));
        int depth = 0;
        int index = 0;
        while (!next.isEmpty()) {
            List<State> level = next;
            next = new ArrayList<>();
            for (State state : level) {
                try {
                    expand(state, index++);
                } catch (Violated violated) {
                    return violated.result(this, depth + 1);
                }
                if (seen.size() > bounds.maxStates()) {
                    return result(ExploreResult.Outcome.GAVE_UP, depth, "", List.of());
                }
            }
            depth++;
        }
        return result(ExploreResult.Outcome.COMPLETE, depth - 1, "", List.of());
    }

    private ExploreResult result(
            ExploreResult.Outcome outcome, int depth, String invariant, List<String> trace) {
        return new ExploreResult(
                outcome,
                seen.size(),
                unreduced,
                transitions,
                depth,
                members.count(),
                invariant,
                trace);
    }

    private void expand(State from, int index) {
        int[] state = from.numbers();
        for (int place = 0; place < bounds.members(); place++) {
            MemberState member = members.get(state[HEADER + place]);
            boolean leads = member.facts().role() == RoleKind.LEADER;
            if (leads ? bounds.heartbeats() : member.facts().term() < bounds.terms()) {
                go(from, index, place, MemberStates.TIMEOUT);
            }
            if (leads && state[0] < bounds.proposals()) {
                go(from, index, place, MemberStates.PROPOSE);
            }
            if (member.isWriting()) {
                go(from, index, place, MemberStates.SYNC);
            }
            if (state[1] < bounds.crashes()) {
                go(from, index, place, MemberStates.CRASH);
            }
        }
        for (int i = HEADER + bounds.members(); i < state.length; i++) {
            int place = messages.receiver(state[i]);
            go(from, index, place, MemberStates.DELIVER + state[i]);
        }
    }

    private void go(State from, int index, int place, int input) {
        transitions++;
        Origin origin = new Origin(index, place, input);
        try {
            int before = from.numbers()[HEADER + place];
            MemberStates.Step step = members.step(before, input);
            if (input != MemberStates.CRASH && step.to() == before && isOnWire(from, step)) {
                return;
            }
            State to = follow(from, place, input, step);
            if (admit(to, origin)) {
                check(to.numbers(), place, members.get(before).facts().commit());
            }
        } catch (InvariantViolation violation) {
            throw new Violated(origin, violation);
        }
    }

    private void check(int[] numbers, int changed, long commitBefore) {
        List<MemberState> all = new ArrayList<>();
        for (int place = 0; place < bounds.members(); place++) {
            all.add(members.get(numbers[HEADER + place]));
        }
        int[] wire = Arrays.copyOfRange(numbers, HEADER + bounds.members(), numbers.length);
        checks.check(all, changed, commitBefore, wire);
    }

    /** Whether all that {@code step} sends was sent before. */
    private boolean isOnWire(State state, MemberStates.Step step) {
        for (int message : step.sent()) {
            if (!isOnWire(state.numbers(), message)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOnWire(int[] numbers, int message) {
        return Arrays.binarySearch(numbers, HEADER + bounds.members(), numbers.length, message)
                >= 0;
    }

    private State follow(State from, int place, int input, MemberStates.Step step) {
        int[] old = from.numbers();
        int[] to = Arrays.copyOf(old, old.length + step.sent().length);
        long[] hashes = from.hashes().clone();
        addMember(hashes, to[HEADER + place], -1);
        addMember(hashes, step.to(), 1);
        to[HEADER + place] = step.to();
        to[0] += input == MemberStates.PROPOSE ? 1 : 0;
        to[1] += input == MemberStates.CRASH ? 1 : 0;
        int count = old.length;
        for (int message : step.sent()) {
            if (!isOnWire(old, message) && !contains(to, old.length, count, message)) {
                to[count++] = message;
                addMessage(hashes, message, 1);
            }
        }
        Arrays.sort(to, HEADER + bounds.members(), count);
        return new State(withoutDead(to, count, hashes), hashes);
    }

    private static boolean contains(int[] numbers, int from, int to, int message) {
        for (int i = from; i < to; i++) {
            if (numbers[i] == message) {
                return true;
            }
        }
        return false;
    }

    private int[] withoutDead(int[] numbers, int count, long[] hashes) {
        int kept = HEADER + bounds.members();
        for (int i = kept; i < count; i++) {
            int receiver = numbers[HEADER + messages.receiver(numbers[i])];
            if (messages.isDead(numbers[i], members.get(receiver).facts().durableTerm())) {
                addMessage(hashes, numbers[i], -1);
            } else {
                numbers[kept++] = numbers[i];
            }
        }
        return kept == numbers.length ? numbers : Arrays.copyOf(numbers, kept);
    }

    private void addMember(long[] hashes, int number, int sign) {
        MemberState.Hash hash = members.get(number).hashes();
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] += sign * hash.under(i);
        }
    }

    private void addMessage(long[] hashes, int number, int sign) {
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] += sign * messages.hash(number, i);
        }
    }

    /** Takes a state in; false if it, or one that differs only in names, was there before. */
    private boolean admit(State state, Origin origin) {
        long[] sorted = state.hashes().clone();
        Arrays.sort(sorted);
        long counters = Hashes.mix(state.numbers()[0] * 31L + state.numbers()[1]);
        long hash = Hashes.mix(sorted[0] ^ counters);
        if (!seen.putIfMissing(hash == 0 ? 1 : hash, 0)) {
            return false;
        }
        for (int i = 0; i < renamings; i++) {
            unreduced += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        origins.add(origin);
        next.add(state);
        return true;
    }

    private List<String> trace(Origin last) {
        List<String> lines = new ArrayList<>();
        for (Origin at = last; at.from() >= 0; at = origins.get(at.from())) {
            lines.add(describe(at));
        }
        Collections.reverse(lines);
        return lines;
    }

    private String describe(Origin step) {
        String name = "n" + (step.place() + 1);
        return switch (step.input()) {
            case MemberStates.TIMEOUT -> name + " times out";
            case MemberStates.PROPOSE -> name + " takes in a proposal";
            case MemberStates.SYNC -> name + " completes its oldest write";
            case MemberStates.CRASH -> name + " crashes and starts again";
            default -> name + " receives " + messages.text(step.input() - MemberStates.DELIVER);
        };
    }

    /** Carries a violation out of the search. */
    private static final class Violated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Origin origin;

        Violated(Origin origin, InvariantViolation cause) {
            super(cause.getMessage(), cause);
            this.origin = origin;
        }

        ExploreResult result(Explorer explorer, int depth) {
            return explorer.result(
                    ExploreResult.Outcome.VIOLATED, depth, getMessage(), explorer.trace(origin));
        }
    }
}
