package dev.whitewater.server.api;

import com.google.protobuf.ByteString;

import dev.whitewater.server.pb.DeleteRangeRequest;
import dev.whitewater.server.pb.PutRequest;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.RequestOp;
import dev.whitewater.server.pb.TxnRequest;
import dev.whitewater.server.pb.WatchCreateRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;
import dev.whitewater.store.WatchRequest;

import io.grpc.Status;

import java.util.ArrayList;
import java.util.List;

/** Requests off the wire as the store's. */
final class Requests {

    private static final ByteString FIRST_KEY = ByteString.copyFrom(new byte[] {0});

    private Requests() {}

    static Bytes bytes(ByteString string) {
        return Bytes.of(string.toByteArray());
    }

    static KeyRange keys(ByteString key, ByteString end) {
        return new KeyRange(bytes(key), bytes(end));
    }

    static Range range(RangeRequest request) {
        Range.Content content = Range.Content.KEYS_AND_VALUES;
        if (request.getCountOnly()) {
            content = Range.Content.COUNT_ONLY;
        } else if (request.getKeysOnly()) {
            content = Range.Content.KEYS_ONLY;
        }
        return new Range(
                keys(request.getKey(), request.getRangeEnd()),
                request.getRevision(),
                request.getLimit(),
                new Range.Sort(target(request), order(request)),
                new Range.Filter(
                        request.getMinModRevision(),
                        request.getMaxModRevision(),
                        request.getMinCreateRevision(),
                        request.getMaxCreateRevision()),
                content);
    }

    private static Range.SortTarget target(RangeRequest request) {
        return switch (request.getSortTarget()) {
            case KEY -> Range.SortTarget.KEY;
            case VERSION -> Range.SortTarget.VERSION;
            case CREATE -> Range.SortTarget.CREATE_REVISION;
            case MOD -> Range.SortTarget.MOD_REVISION;
            case VALUE -> Range.SortTarget.VALUE;
            case UNRECOGNIZED -> throw invalidSort();
        };
    }

    private static Range.SortOrder order(RangeRequest request) {
        return switch (request.getSortOrder()) {
            case NONE -> Range.SortOrder.NONE;
            case ASCEND -> Range.SortOrder.ASCENDING;
            case DESCEND -> Range.SortOrder.DESCENDING;
            case UNRECOGNIZED -> throw invalidSort();
        };
    }

    private static RuntimeException invalidSort() {
        return Status.INVALID_ARGUMENT
                .withDescription("etcdserver: invalid sort option")
                .asRuntimeException();
    }

    static Put put(PutRequest request) {
        return new Put(
                bytes(request.getKey()),
                bytes(request.getValue()),
                request.getLease(),
                request.getPrevKv(),
                request.getIgnoreValue(),
                request.getIgnoreLease());
    }

    static DeleteRange delete(DeleteRangeRequest request) {
        return new DeleteRange(keys(request.getKey(), request.getRangeEnd()), request.getPrevKv());
    }

    static Txn txn(TxnRequest request) {
        List<Compare> compares = new ArrayList<>(request.getCompareCount());
        for (dev.whitewater.server.pb.Compare compare : request.getCompareList()) {
            compares.add(compare(compare));
        }
        return new Txn(
                compares,
                operations(request.getSuccessList()),
                operations(request.getFailureList()));
    }

    private static List<Operation> operations(List<RequestOp> requests) {
        List<Operation> operations = new ArrayList<>(requests.size());
        for (RequestOp request : requests) {
            operations.add(
                    switch (request.getRequestCase()) {
                        case REQUEST_RANGE -> range(request.getRequestRange());
                        case REQUEST_PUT -> put(request.getRequestPut());
                        case REQUEST_DELETE_RANGE -> delete(request.getRequestDeleteRange());
                        case REQUEST_TXN -> txn(request.getRequestTxn());
                        // Refused like etcd does: an operation without a key.
                        case REQUEST_NOT_SET -> Range.of(Bytes.EMPTY);
                    });
        }
        return operations;
    }

    private static Compare compare(dev.whitewater.server.pb.Compare compare) {
        Compare.Relation relation =
                switch (compare.getResult()) {
                    case EQUAL -> Compare.Relation.EQUAL;
                    case GREATER -> Compare.Relation.GREATER;
                    case LESS -> Compare.Relation.LESS;
                    case NOT_EQUAL -> Compare.Relation.NOT_EQUAL;
                    case UNRECOGNIZED -> throw invalidCompare();
                };
        Compare.Operand operand =
                switch (compare.getTarget()) {
                    case VERSION -> new Compare.Operand.Version(compare.getVersion());
                    case CREATE -> new Compare.Operand.CreateRevision(compare.getCreateRevision());
                    case MOD -> new Compare.Operand.ModRevision(compare.getModRevision());
                    case VALUE -> new Compare.Operand.Value(bytes(compare.getValue()));
                    case LEASE -> new Compare.Operand.Lease(compare.getLease());
                    case UNRECOGNIZED -> throw invalidCompare();
                };
        return new Compare(keys(compare.getKey(), compare.getRangeEnd()), relation, operand);
    }

    private static RuntimeException invalidCompare() {
        return Status.INVALID_ARGUMENT
                .withDescription("etcdserver: unknown comparison")
                .asRuntimeException();
    }

    /** A watch with no key at all watches from the first one on (etcd's {@code watch.go}). */
    static WatchRequest watch(WatchCreateRequest request) {
        ByteString key = request.getKey().isEmpty() ? FIRST_KEY : request.getKey();
        WatchRequest.Options options =
                new WatchRequest.Options(
                        request.getFiltersList().contains(WatchCreateRequest.FilterType.NOPUT),
                        request.getFiltersList().contains(WatchCreateRequest.FilterType.NODELETE),
                        request.getPrevKv(),
                        request.getFragment());
        return new WatchRequest(
                keys(key, request.getRangeEnd()), request.getStartRevision(), options);
    }
}
