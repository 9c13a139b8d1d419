package dev.whitewater.checker.search;

import java.util.Arrays;

/**
 * Turns the steps of a just-in-time search into a plain order: writes that hid get their places,
 * just before the write that hid them or where they changed nothing.
 */
final class Unfolding {
    private final Part part;
    private final Transitions transitions;
    private final Steps steps;
    private final Purse purse;

    Unfolding(Part part, Transitions transitions, Steps steps, Purse purse) {
        this.part = part;
        this.transitions = transitions;
        this.steps = steps;
        this.purse = purse;
    }

    int[] order(int step) {
        int[] path = steps.path(step);
        int[] visible = new int[path.length];
        int[] events = new int[path.length];
        long[] hidden = new long[path.length];
        int count = 0;
        int hiddenCount = 0;
        for (int at : path) {
            int op = steps.operation(at);
            if (op >= 0) {
                visible[count] = op;
                events[count++] = steps.event(at);
            } else {
                hidden[hiddenCount++] = ~op;
            }
        }
        int[] states = states(visible, count);
        for (int i = 0; i < hiddenCount; i++) {
            int op = (int) hidden[i];
            hidden[i] = (long) place(op, visible, events, states, count) << 32 | op;
        }
        Arrays.sort(hidden, 0, hiddenCount);
        return merged(visible, count, hidden, hiddenCount);
    }

    private int[] states(int[] visible, int count) {
        int[] states = new int[count + 1];
        states[0] = transitions.initial();
        for (int i = 0; i < count; i++) {
            states[i + 1] = transitions.next(states[i], part.kind(visible[i]));
        }
        return states;
    }

    /** The place before which the hidden operation goes. */
    private int place(int op, int[] visible, int[] events, int[] states, int count) {
        int place = firstAfter(part.call(op), events, count);
        while (place < count
                && transitions.next(states[place], part.kind(op)) != states[place]
                && !part.overwrites(visible[place])) {
            purse.step();
            place++;
        }
        return place;
    }

    private static int firstAfter(int event, int[] events, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events[middle] > event) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static int[] merged(int[] visible, int count, long[] hidden, int hiddenCount) {
        int[] order = new int[count + hiddenCount];
        int next = 0;
        int at = 0;
        for (int i = 0; i <= count; i++) {
            while (next < hiddenCount && hidden[next] >> 32 == i) {
                order[at++] = (int) hidden[next++];
            }
            if (i < count) {
                order[at++] = visible[i];
            }
        }
        return order;
    }
}
