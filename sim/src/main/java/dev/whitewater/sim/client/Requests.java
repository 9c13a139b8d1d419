package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.MaintenanceResponse;
import dev.whitewater.store.MembersResponse;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

/** Operations in the store's words, and the store's answers in the history's. */
final class Requests {

    private Requests() {}

    static ClientRequest of(Operation operation) {
        Bytes key = Bytes.utf8(operation.key);
        Bytes value = Bytes.utf8(operation.value);
        return switch (operation.kind) {
            case PUT -> new ClientRequest.Write(Put.of(key, value));
            case GET ->
                    new ClientRequest.Read(
                            Range.of(key),
                            operation.serializable
                                    ? ClientRequest.Consistency.SERIALIZABLE
                                    : ClientRequest.Consistency.LINEARIZABLE);
            case DELETE -> new ClientRequest.Write(DeleteRange.of(key));
            case CAS ->
                    new ClientRequest.Write(
                            operation.expected.isEmpty()
                                    ? Txn.putIfModRevision(key, 0, value)
                                    : Txn.compareAndSwap(
                                            key, Bytes.utf8(operation.expected), value));
        };
    }

    /** Fills in result and revision; false if the store rejected the request. */
    static boolean read(Operation operation, Response response) {
        switch (response) {
            case PutResponse put -> operation.revision = put.revision();
            case RangeResponse range -> {
                operation.revision = range.revision();
                operation.result =
                        range.kvs().isEmpty() ? "" : range.kvs().getFirst().value().toUtf8();
            }
            case DeleteRangeResponse delete -> {
                operation.revision = delete.revision();
                operation.result = Long.toString(delete.deleted());
            }
            case TxnResponse txn -> {
                operation.revision = txn.revision();
                operation.result = Boolean.toString(txn.succeeded());
            }
            case LeaseResponse _, MaintenanceResponse _, AuthResponse _, MembersResponse _ ->
                    throw neverAsked(response);
            case Rejected _ -> {
                return false;
            }
        }
        return true;
    }

    /** The revision of an answer; 0 of a rejection. */
    static long revision(Response response) {
        return switch (response) {
            case PutResponse put -> put.revision();
            case RangeResponse range -> range.revision();
            case DeleteRangeResponse delete -> delete.revision();
            case TxnResponse txn -> txn.revision();
            case LeaseResponse _, MaintenanceResponse _, AuthResponse _, MembersResponse _ ->
                    throw neverAsked(response);
            case Rejected _ -> 0;
        };
    }

    private static IllegalStateException neverAsked(Response response) {
        return new IllegalStateException("no client asked for " + response);
    }

    static boolean isWrite(Kind kind) {
        return kind != Kind.GET;
    }
}
