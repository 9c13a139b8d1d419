package dev.whitewater.sim.history;

/**
 * One operation of one simulated client, from its call to what the client learnt. Its number is its
 * place in the history, which is in the order of calls.
 *
 * @param returnNanos {@link #OPEN} if the run ended first
 * @param key never empty
 * @param value what a PUT or CAS writes, else empty; never written twice in a run
 * @param expected what a CAS compares with, else empty; an empty one expects the key to be absent
 * @param result if OK: of a GET the value found, empty if the key was absent; of a CAS {@code
 *     "true"} if it swapped, {@code "false"} if not; of a DELETE how many keys went, {@code "0"} or
 *     {@code "1"}; of a PUT empty
 * @param revision if OK: the store's revision in the answer's header, else 0
 * @param serializable a GET that asked for no more than the member's own state
 * @param member whom the client asked, counted from 1
 * @param invokeEvent the trace's event of the call
 * @param returnEvent the trace's event of the return; 0 while open
 */
public record ClientOperation(
        int client,
        long invokeNanos,
        long returnNanos,
        Kind kind,
        String key,
        String value,
        String expected,
        Outcome outcome,
        String result,
        long revision,
        boolean serializable,
        int member,
        long invokeEvent,
        long returnEvent) {

    /** {@link #returnNanos()} of an operation that never returned. */
    public static final long OPEN = Long.MAX_VALUE;

    /** What the client asked for. */
    public enum Kind {
        PUT,
        GET,
        DELETE,
        CAS
    }

    /** What the client knows. */
    public enum Outcome {
        /** It happened, between call and return. */
        OK,
        /** It did not happen and never will. */
        REFUSED,
        /** It may have happened, may happen later, or never. */
        UNKNOWN
    }
}
