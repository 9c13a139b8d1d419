package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * All ways to rename members 1 to n; the first one renames nothing, and without symmetry it is the
 * only one.
 */
final class Renamings {

    private final List<int[]> all = new ArrayList<>();

    Renamings(int members, boolean symmetry) {
        int[] names = new int[members];
        if (symmetry) {
            extend(names, 0);
        } else {
            for (int i = 0; i < members; i++) {
                names[i] = i;
            }
            all.add(names);
        }
    }

    private void extend(int[] names, int done) {
        if (done == names.length) {
            all.add(names.clone());
            return;
        }
        for (int name = 0; name < names.length; name++) {
            if (!contains(names, done, name)) {
                names[done] = name;
                extend(names, done + 1);
            }
        }
    }

    private static boolean contains(int[] names, int done, int name) {
        for (int i = 0; i < done; i++) {
            if (names[i] == name) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return all.size();
    }

    /** Where the member at {@code place} goes. */
    int place(int place, int renaming) {
        return all.get(renaming)[place];
    }

    NodeId rename(NodeId id, int renaming) {
        return id.isNone() ? id : new NodeId(place((int) id.value() - 1, renaming) + 1L);
    }
}
