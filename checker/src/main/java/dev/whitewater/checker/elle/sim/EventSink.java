package dev.whitewater.checker.elle.sim;

import dev.whitewater.checker.elle.OpType;

/** Where a simulation tells what clients do and see, event by event. */
public interface EventSink {
    void begin(OpType type, int process);

    void write(int key, int value);

    /** A read that hasn't returned. */
    void readBlind(int key);

    /** A read of a key's elements: a list's content, of which a register shows the last. */
    void read(int key, int[] elements, int count);

    void end();
}
