package dev.whitewater.scenarios.explore;

import java.util.Arrays;

/**
 * Where what stands in the numbers of a cluster's state: proposals made, how many crashes each
 * member has ahead of it, who leads or led each term (its place plus 1), the number of each
 * member's state, then the messages on the wire in ascending order.
 */
record Layout(int members, int terms) {

    static final int PROPOSALS = 0;
    private static final int CRASHES = 1;

    int crashes(int place) {
        return CRASHES + place;
    }

    /** From here to the wire are the members and what is known of leaders. */
    int leaders() {
        return CRASHES + members;
    }

    int leader(long term) {
        return leaders() + (int) term - 1;
    }

    int member(int place) {
        return leaders() + terms + place;
    }

    /** Where the wire begins. */
    int wire() {
        return leaders() + terms + members;
    }

    boolean isOnWire(int[] state, int message) {
        return Arrays.binarySearch(state, wire(), state.length, message) >= 0;
    }

    boolean haveSameMembers(int[] one, int[] other) {
        return Arrays.equals(one, leaders(), wire(), other, leaders(), wire());
    }

    /** Whether {@code most} can do all that {@code state}, with the same members, can. */
    boolean isCovered(int[] state, int[] most) {
        if (most[PROPOSALS] > state[PROPOSALS]) {
            return false;
        }
        for (int place = 0; place < members; place++) {
            if (most[crashes(place)] < state[crashes(place)]) {
                return false;
            }
        }
        return haveSameMembers(state, most) && isContained(state, most);
    }

    /** Whether everything on {@code few}'s wire is on {@code many}'s. */
    private boolean isContained(int[] few, int[] many) {
        if (few.length > many.length) {
            return false;
        }
        int at = wire();
        for (int i = wire(); i < few.length; i++) {
            while (at < many.length && many[at] < few[i]) {
                at++;
            }
            if (at == many.length || many[at] != few[i]) {
                return false;
            }
            at++;
        }
        return true;
    }
}
