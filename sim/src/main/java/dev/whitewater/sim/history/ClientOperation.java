package dev.whitewater.sim.history;

/**
 * One operation of one simulated client, from its call to what the client learnt. Its number is its
 * place in the history, which is in the order of calls.
 *
 * @param returnNanos {@link #OPEN} if the run ended first
 * @param key empty where an operation isn't about keys
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
 * @param asked what else was asked for, as docs/formats/etcd-history.md has it
 * @param answered what an OK one of another kind than GET, PUT, DELETE and CAS was told; of a
 *     refused one why, if that is known
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
        long returnEvent,
        Detail.Fields asked,
        Detail.Fields answered) {

    /** {@link #returnNanos()} of an operation that never returned. */
    public static final long OPEN = Long.MAX_VALUE;

    /** What the client asked for. */
    public enum Kind {
        PUT("put"),
        GET("get"),
        DELETE("delete"),
        CAS("cas"),
        RANGE("range"),
        DELETE_RANGE("delete-range"),
        TXN("txn"),
        COMPACT("compact"),
        LEASE_GRANT("lease-grant"),
        LEASE_REVOKE("lease-revoke"),
        LEASE_KEEPALIVE("lease-keepalive"),
        AUTH_ENABLE("auth-enable"),
        AUTH_DISABLE("auth-disable"),
        USER_ADD("user-add"),
        USER_DELETE("user-delete"),
        USER_GRANT_ROLE("user-grant-role"),
        USER_REVOKE_ROLE("user-revoke-role"),
        ROLE_ADD("role-add"),
        ROLE_DELETE("role-delete"),
        ROLE_GRANT("role-grant"),
        ROLE_REVOKE("role-revoke");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Its name in histories. */
        public String text() {
            return text;
        }

        /** Whether {@link #value} and the like say all that is asked and told. */
        public boolean isSimple() {
            return ordinal() <= CAS.ordinal();
        }

        /** Whether it changes nothing, whatever happens. */
        public boolean isRead() {
            return this == GET || this == RANGE;
        }
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
