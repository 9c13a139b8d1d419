package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RoleKind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The same exploration as {@link Explorer}'s without any of its reductions: slow and plain. */
final class PlainExplorer {

    private final ExploreBounds bounds;
    private final Messages messages;
    private final MemberStates members;
    private final Set<State> seen = new HashSet<>();
    private final ArrayDeque<State> open = new ArrayDeque<>();

    private record State(
            int proposals, int crashes, List<Integer> members, TreeSet<Integer> wire) {}

    private PlainExplorer(ExploreBounds bounds) {
        this.bounds = bounds;
        Renamings renamings = new Renamings(bounds.members(), false);
        this.messages = new Messages(renamings);
        this.members = new MemberStates(bounds.members(), RaftRules.HONEST, messages, renamings);
    }

    static void visit(ExploreBounds bounds, Consumer<List<MemberState>> visitor) {
        new PlainExplorer(bounds).run(visitor);
    }

    private void run(Consumer<List<MemberState>> visitor) {
        List<Integer> first = new ArrayList<>();
        for (int place = 0; place < bounds.members(); place++) {
            first.add(members.first(place));
        }
        admit(new State(0, 0, first, new TreeSet<>()));
        while (!open.isEmpty()) {
            State state = open.removeFirst();
            visitor.accept(state.members().stream().map(members::get).toList());
            for (int place = 0; place < bounds.members(); place++) {
                expand(state, place);
            }
            for (int message : state.wire()) {
                go(state, messages.receiver(message), MemberStates.DELIVER + message);
            }
        }
    }

    private void expand(State state, int place) {
        MemberState member = members.get(state.members().get(place));
        boolean leads = member.facts().role() == RoleKind.LEADER;
        if (!leads && member.facts().term() < bounds.terms()) {
            go(state, place, MemberStates.TIMEOUT);
        }
        if (leads && state.proposals() < bounds.proposals()) {
            go(state, place, MemberStates.PROPOSE);
        }
        if (member.isWriting()) {
            go(state, place, MemberStates.SYNC);
        }
        if (state.crashes() < bounds.crashes()) {
            go(state, place, MemberStates.CRASH);
        }
    }

    private void go(State from, int place, int input) {
        MemberStates.Step step = members.step(from.members().get(place), input);
        List<Integer> next = new ArrayList<>(from.members());
        next.set(place, step.to());
        TreeSet<Integer> wire = new TreeSet<>(from.wire());
        for (int message : step.sent()) {
            wire.add(message);
        }
        admit(
                new State(
                        from.proposals() + (input == MemberStates.PROPOSE ? 1 : 0),
                        from.crashes() + (input == MemberStates.CRASH ? 1 : 0),
                        next,
                        wire));
    }

    private void admit(State state) {
        if (seen.add(state)) {
            open.addLast(state);
        }
    }
}
