package dev.whitewater.sim.queue;

import java.util.Arrays;

/**
 * What will happen, in the order of (time, sequence). The sequence is that of pushing, so the order
 * is total and owes nothing to the heap's inside. A 4-ary heap in parallel arrays: half the levels
 * of a binary one, and comparing touches no objects.
 *
 * @param <E> what happens
 */
public final class EventQueue<E> {

    private static final int WAYS = 4;

    private long[] times = new long[256];
    private long[] sequences = new long[256];
    private Object[] events = new Object[256];
    private int size;
    private long sequence;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** When the first event is due. */
    public long nextTime() {
        if (size == 0) {
            throw new IllegalStateException("the queue is empty");
        }
        return times[0];
    }

    public void push(long time, E event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / WAYS;
            // Equal times keep their order: what is pushed later has the greater sequence.
            if (times[parent] <= time) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        place(hole, time, sequence++, event);
    }

    /** Takes out the first event. */
    public E pop() {
        if (size == 0) {
            throw new IllegalStateException("the queue is empty");
        }
        @SuppressWarnings("unchecked") // only push puts something in
        E first = (E) events[0];
        size--;
        if (size > 0) {
            sinkLast();
        }
        events[size] = null;
        return first;
    }

    /** Puts the last event where it belongs below the root, which is free. */
    private void sinkLast() {
        long time = times[size];
        long seq = sequences[size];
        Object event = events[size];
        int hole = 0;
        int child = 1;
        while (child < size) {
            int least = child;
            int end = Math.min(child + WAYS, size);
            for (int i = child + 1; i < end; i++) {
                if (before(times[i], sequences[i], times[least], sequences[least])) {
                    least = i;
                }
            }
            if (before(time, seq, times[least], sequences[least])) {
                break;
            }
            move(least, hole);
            hole = least;
            child = hole * WAYS + 1;
        }
        place(hole, time, seq, event);
    }

    private static boolean before(long time, long seq, long otherTime, long otherSeq) {
        return time < otherTime || (time == otherTime && seq < otherSeq);
    }

    private void move(int from, int to) {
        place(to, times[from], sequences[from], events[from]);
    }

    private void place(int at, long time, long seq, Object event) {
        times[at] = time;
        sequences[at] = seq;
        events[at] = event;
    }
}
