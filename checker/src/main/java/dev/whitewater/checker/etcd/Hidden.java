package dev.whitewater.checker.etcd;

import java.util.List;
import java.util.stream.Stream;

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

    /** The keys it could change, if they can be named. */
    List<String> keys() {
        List<String> keys = keys(request).distinct().toList();
        return keys.contains("") ? List.of() : keys;
    }

    private static Stream<String> keys(Request request) {
        return switch (request) {
            case Request.Put put -> Stream.of(put.key());
            case Request.Delete delete -> Stream.of(delete.end().isEmpty() ? delete.key() : "");
            case Request.Txn txn ->
                    Stream.concat(txn.then().stream(), txn.otherwise().stream())
                            .flatMap(Hidden::keys);
            case Request.Revoke _ -> Stream.of("");
            case Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    Stream.of();
        };
    }

    /** Whether it could leave fewer keys (1) or more (-1); 0 asks for neither. */
    boolean couldMend(int surplus) {
        return switch (request) {
            case Request.Put _ -> surplus <= 0;
            case Request.Delete _, Request.Revoke _ -> surplus >= 0;
            case Request.Txn _ -> true;
            case Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    false;
        };
    }

    /** Whether it could have left the key with this value. */
    boolean couldPut(Kv told) {
        return couldPut(request, told);
    }

    private static boolean couldPut(Request request, Kv told) {
        return switch (request) {
            case Request.Put put ->
                    put.key().equals(told.key())
                            && (told.value().equals(Kv.UNTOLD_VALUE)
                                    || put.value().equals(told.value()));
            case Request.Txn txn ->
                    txn.then().stream().anyMatch(step -> couldPut(step, told))
                            || txn.otherwise().stream().anyMatch(step -> couldPut(step, told));
            case Request.Range _,
                    Request.Delete _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.Revoke _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    false;
        };
    }
}
