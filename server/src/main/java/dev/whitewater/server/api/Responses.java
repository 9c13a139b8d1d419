package dev.whitewater.server.api;

import com.google.protobuf.UnsafeByteOperations;

import dev.whitewater.server.pb.DeleteRangeResponse;
import dev.whitewater.server.pb.Event;
import dev.whitewater.server.pb.KeyValue;
import dev.whitewater.server.pb.PutResponse;
import dev.whitewater.server.pb.RangeResponse;
import dev.whitewater.server.pb.ResponseHeader;
import dev.whitewater.server.pb.ResponseOp;
import dev.whitewater.server.pb.TxnResponse;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.MaintenanceResponse;
import dev.whitewater.store.MembersResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Response;
import dev.whitewater.store.WatchEvent;

/** The store's answers as they go over the wire. */
final class Responses {

    private Responses() {}

    static com.google.protobuf.ByteString bytes(Bytes bytes) {
        // The array is a copy that nobody else holds.
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    static KeyValue keyValue(dev.whitewater.store.KeyValue kv) {
        return KeyValue.newBuilder()
                .setKey(bytes(kv.key()))
                .setValue(bytes(kv.value()))
                .setCreateRevision(kv.createRevision())
                .setModRevision(kv.modRevision())
                .setVersion(kv.version())
                .setLease(kv.lease())
                .build();
    }

    static Event event(WatchEvent event) {
        Event.Builder builder = Event.newBuilder().setKv(keyValue(event.kv()));
        if (event.kv().isTombstone()) {
            builder.setType(Event.EventType.DELETE);
        }
        event.previous().forEach(previous -> builder.setPrevKv(keyValue(previous)));
        return builder.build();
    }

    /** The revision that stands in the header of an answer. */
    static long revision(Response response) {
        return switch (response) {
            case dev.whitewater.store.PutResponse r -> r.revision();
            case dev.whitewater.store.RangeResponse r -> r.revision();
            case dev.whitewater.store.DeleteRangeResponse r -> r.revision();
            case dev.whitewater.store.TxnResponse r -> r.revision();
            case LeaseResponse.Granted r -> r.revision();
            case LeaseResponse.Revoked r -> r.revision();
            case LeaseResponse.Checkpointed r -> r.revision();
            case MaintenanceResponse.Compacted r -> r.revision();
            case MaintenanceResponse.Alarms r -> r.revision();
            case AuthResponse r -> r.revision();
            case MembersResponse r -> r.revision();
            case Rejected _ -> 0;
        };
    }

    static RangeResponse.Builder range(dev.whitewater.store.RangeResponse response) {
        RangeResponse.Builder builder =
                RangeResponse.newBuilder().setMore(response.more()).setCount(response.count());
        response.kvs().forEach(kv -> builder.addKvs(keyValue(kv)));
        return builder;
    }

    static PutResponse.Builder put(dev.whitewater.store.PutResponse response) {
        PutResponse.Builder builder = PutResponse.newBuilder();
        response.previous().forEach(kv -> builder.setPrevKv(keyValue(kv)));
        return builder;
    }

    static DeleteRangeResponse.Builder delete(dev.whitewater.store.DeleteRangeResponse response) {
        DeleteRangeResponse.Builder builder =
                DeleteRangeResponse.newBuilder().setDeleted(response.deleted());
        response.previous().forEach(kv -> builder.addPrevKvs(keyValue(kv)));
        return builder;
    }

    static TxnResponse.Builder txn(dev.whitewater.store.TxnResponse response) {
        TxnResponse.Builder builder = TxnResponse.newBuilder().setSucceeded(response.succeeded());
        response.responses().forEach(each -> builder.addResponses(operation(each)));
        return builder;
    }

    /** Inside a transaction a header holds the revision alone, as etcd's does. */
    private static ResponseOp operation(Response response) {
        ResponseHeader header = ResponseHeader.newBuilder().setRevision(revision(response)).build();
        ResponseOp.Builder builder = ResponseOp.newBuilder();
        switch (response) {
            case dev.whitewater.store.RangeResponse r ->
                    builder.setResponseRange(range(r).setHeader(header));
            case dev.whitewater.store.PutResponse r ->
                    builder.setResponsePut(put(r).setHeader(header));
            case dev.whitewater.store.DeleteRangeResponse r ->
                    builder.setResponseDeleteRange(delete(r).setHeader(header));
            case dev.whitewater.store.TxnResponse r ->
                    builder.setResponseTxn(txn(r).setHeader(header));
            case LeaseResponse _,
                    MaintenanceResponse _,
                    AuthResponse _,
                    MembersResponse _,
                    Rejected _ ->
                    throw new IllegalArgumentException("not in a transaction: " + response);
        }
        return builder.build();
    }
}
