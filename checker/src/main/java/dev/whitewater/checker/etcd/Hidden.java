package dev.whitewater.checker.etcd;

/**
 * A change that nobody answered for: an unanswered request, or the expiry of a lease.
 *
 * @param op the request, or the grant of the lease
 * @param floor the highest revision that was known when it was called: its own is higher
 */
record Hidden(int op, boolean expiry, Request request, long floor) {

    /** Whether it could change this key; "" asks for any key. */
    boolean touches(String key) {
        return expiry || touches(request, key);
    }

    /** Whether a request could change this key; "" asks for any key. */
    static boolean touches(Request request, String key) {
        return switch (request) {
            case Request.Put put -> key.isEmpty() || put.key().equals(key);
            case Request.Delete delete ->
                    key.isEmpty() || Request.covers(delete.key(), delete.end(), key);
            case Request.Txn txn ->
                    txn.then().stream().anyMatch(step -> touches(step, key))
                            || txn.otherwise().stream().anyMatch(step -> touches(step, key));
            case Request.Revoke _ -> true;
            case Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    false;
        };
    }

    /** Whether it could change anything. */
    static boolean writes(Request request) {
        return touches(request, "");
    }
}
