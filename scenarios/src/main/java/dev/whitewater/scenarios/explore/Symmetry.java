package dev.whitewater.scenarios.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives the members of a state names such that states which differ in names only become one. */
final class Symmetry {

    private final Layout layout;
    private final Renamings renamings;
    private final Messages messages;
    private final MemberStates members;

    /**
     * A state under the names that are the least in order.
     *
     * @param variants the state under each of the names that order its members so; mostly one
     * @param orbit how many states there are that differ from it in names only
     * @param renaming from the state's own names to those of the first variant
     */
    record Names(List<int[]> variants, int orbit, int renaming) {}

    Symmetry(Layout layout, Renamings renamings, Messages messages, MemberStates members) {
        this.layout = layout;
        this.renamings = renamings;
        this.messages = messages;
        this.members = members;
    }

    Renamings renamings() {
        return renamings;
    }

    Names names(int[] state) {
        if (renamings.count() == 1) {
            return new Names(List.of(state), 1, 0);
        }
        int[] least = head(state, 0);
        List<Integer> ties = new ArrayList<>();
        ties.add(0);
        for (int i = 1; i < renamings.count(); i++) {
            int[] head = head(state, i);
            // What can be compared with each other must get the same names.
            int order =
                    Arrays.compare(
                            head,
                            layout.leaders(),
                            layout.wire(),
                            least,
                            layout.leaders(),
                            layout.wire());
            if (order < 0) {
                least = head;
                ties.clear();
            }
            if (order <= 0) {
                ties.add(i);
            }
        }
        return withWires(state, ties);
    }

    /** The names, of those whose members are in order, under which the wire is the least. */
    private Names withWires(int[] state, List<Integer> ties) {
        List<int[]> variants = new ArrayList<>(ties.size());
        int[] least = state;
        int renaming = 0;
        int same = 0;
        for (int tie : ties) {
            int[] variant = withWire(state, head(state, tie), tie);
            int order = variants.isEmpty() ? -1 : Arrays.compare(variant, least);
            if (order == 0) {
                same++;
                continue;
            }
            if (order < 0) {
                least = variant;
                renaming = tie;
                same = 1;
                variants.addFirst(variant);
            } else {
                variants.add(variant);
            }
        }
        return new Names(variants, renamings.count() / same, renaming);
    }

    private int[] head(int[] state, int renaming) {
        int[] head = Arrays.copyOf(state, layout.wire());
        for (int i = layout.leaders(); i < layout.member(0); i++) {
            head[i] = state[i] == 0 ? 0 : renamings.place(state[i] - 1, renaming) + 1;
        }
        for (int place = 0; place < layout.members(); place++) {
            head[layout.crashes(renamings.place(place, renaming))] = state[layout.crashes(place)];
            head[layout.member(renamings.place(place, renaming))] =
                    members.renamed(state[layout.member(place)], renaming);
        }
        return head;
    }

    private int[] withWire(int[] state, int[] head, int renaming) {
        int[] all = Arrays.copyOf(head, state.length);
        for (int i = layout.wire(); i < state.length; i++) {
            all[i] = messages.renamed(state[i], renaming);
        }
        Arrays.sort(all, layout.wire(), all.length);
        return all;
    }
}
