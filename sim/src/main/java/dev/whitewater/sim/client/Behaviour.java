package dev.whitewater.sim.client;

/** What a client is after: which operation comes next, given what became of those before. */
interface Behaviour {

    /** The client's operation of this number, counted from 1. */
    Operation next(long number);

    /** Its last operation has come to an end for it. */
    void learnt(Operation operation);
}
