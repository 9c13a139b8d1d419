package dev.whitewater.server.api;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.server.pb.CompactionRequest;
import dev.whitewater.server.pb.CompactionResponse;
import dev.whitewater.server.pb.DeleteRangeRequest;
import dev.whitewater.server.pb.DeleteRangeResponse;
import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.PutRequest;
import dev.whitewater.server.pb.PutResponse;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.RangeResponse;
import dev.whitewater.server.pb.TxnRequest;
import dev.whitewater.server.pb.TxnResponse;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Rejected;

import io.grpc.stub.StreamObserver;

/** etcd's {@code KV} service. */
public final class KvService extends KVGrpc.KVImplBase {

    private final Member member;

    public KvService(Member member) {
        this.member = member;
    }

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> client) {
        member.metrics().ranges.increment();
        if (request.getKey().isEmpty()) {
            client.onError(Errors.of(Rejected.because(ErrorCode.EMPTY_KEY)));
            return;
        }
        ClientRequest.Consistency consistency =
                request.getSerializable()
                        ? ClientRequest.Consistency.SERIALIZABLE
                        : ClientRequest.Consistency.LINEARIZABLE;
        member.ask(
                new ClientRequest.Read(
                        Requests.range(request),
                        consistency,
                        ClientRequest.Manner.FORWARDED,
                        Callers.current()),
                client,
                (response, header) ->
                        Responses.range((dev.whitewater.store.RangeResponse) response)
                                .setHeader(header)
                                .build());
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> client) {
        member.metrics().puts.increment();
        member.write(
                Requests.put(request),
                client,
                (response, header) ->
                        Responses.put((dev.whitewater.store.PutResponse) response)
                                .setHeader(header)
                                .build());
    }

    @Override
    public void deleteRange(
            DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> client) {
        member.metrics().deletes.increment();
        member.write(
                Requests.delete(request),
                client,
                (response, header) ->
                        Responses.delete((dev.whitewater.store.DeleteRangeResponse) response)
                                .setHeader(header)
                                .build());
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> client) {
        member.metrics().txns.increment();
        member.write(
                Requests.txn(request),
                client,
                (response, header) ->
                        Responses.txn((dev.whitewater.store.TxnResponse) response)
                                .setHeader(header)
                                .build());
    }

    /** A physical one is answered when this member has removed the versions, too. */
    @Override
    public void compact(CompactionRequest request, StreamObserver<CompactionResponse> client) {
        member.write(
                new MaintenanceRequest.Compact(Math.max(0, request.getRevision())),
                request.getPhysical() ? whenRemoved(client) : client,
                (_, header) -> CompactionResponse.newBuilder().setHeader(header).build());
    }

    private StreamObserver<CompactionResponse> whenRemoved(
            StreamObserver<CompactionResponse> client) {
        return new StreamObserver<>() {
            @Override
            public void onNext(CompactionResponse response) {
                member.crank()
                        .await(
                                view -> !view.removingVersions(),
                                _ -> Member.answer(client, response));
            }

            @Override
            public void onError(Throwable refusal) {
                client.onError(refusal);
            }

            @Override
            public void onCompleted() {
                // Said with the answer.
            }
        };
    }
}
