package dev.whitewater.server.api;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.port.Reply;
import dev.whitewater.server.pb.LeaseGrantRequest;
import dev.whitewater.server.pb.LeaseGrantResponse;
import dev.whitewater.server.pb.LeaseGrpc;
import dev.whitewater.server.pb.LeaseKeepAliveRequest;
import dev.whitewater.server.pb.LeaseKeepAliveResponse;
import dev.whitewater.server.pb.LeaseLeasesRequest;
import dev.whitewater.server.pb.LeaseLeasesResponse;
import dev.whitewater.server.pb.LeaseRevokeRequest;
import dev.whitewater.server.pb.LeaseRevokeResponse;
import dev.whitewater.server.pb.LeaseStatus;
import dev.whitewater.server.pb.LeaseTimeToLiveRequest;
import dev.whitewater.server.pb.LeaseTimeToLiveResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.Store;

import io.grpc.stub.StreamObserver;

import java.security.SecureRandom;
import java.util.Optional;

/** etcd's {@code Lease} service. */
public final class LeaseService extends LeaseGrpc.LeaseImplBase {

    /** Members that know nothing of each other choose ids: they must not collide. */
    private final SecureRandom ids = new SecureRandom();

    private final Member member;
    private final long shortestSeconds;

    /** {@code shortestSeconds}: a lease must outlive an election, or nobody could renew it. */
    public LeaseService(Member member, long shortestSeconds) {
        this.member = member;
        this.shortestSeconds = shortestSeconds;
    }

    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> client) {
        long id = request.getID();
        if (id == 0) {
            id = ids.nextLong(1, Long.MAX_VALUE);
        }
        member.metrics().leasesGranted.increment();
        member.write(
                new LeaseRequest.Grant(id, Math.max(shortestSeconds, request.getTTL())),
                client,
                (response, header) -> {
                    LeaseResponse.Granted granted = (LeaseResponse.Granted) response;
                    return LeaseGrantResponse.newBuilder()
                            .setHeader(header)
                            .setID(granted.id())
                            .setTTL(granted.ttlSeconds())
                            .build();
                });
    }

    @Override
    public void leaseRevoke(
            LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> client) {
        member.metrics().leasesRevoked.increment();
        member.write(
                new LeaseRequest.Revoke(request.getID()),
                client,
                (_, header) -> LeaseRevokeResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(
            StreamObserver<LeaseKeepAliveResponse> client) {
        SafeStream<LeaseKeepAliveResponse> answers = new SafeStream<>(client);
        return new StreamObserver<>() {
            @Override
            public void onNext(LeaseKeepAliveRequest request) {
                renew(request.getID(), answers);
            }

            @Override
            public void onError(Throwable cause) {
                answers.close();
            }

            @Override
            public void onCompleted() {
                answers.complete();
            }
        };
    }

    /** A lease that is not there any more is answered with no time left, as etcd does. */
    private void renew(long id, SafeStream<LeaseKeepAliveResponse> answers) {
        member.metrics().leasesRenewed.increment();
        member.ask(
                new ClientRequest.RenewLease(id),
                (reply, view) -> {
                    if (reply instanceof Reply.LeaseTold told) {
                        answers.next(
                                LeaseKeepAliveResponse.newBuilder()
                                        .setHeader(member.header(view))
                                        .setID(id)
                                        .setTTL(Math.max(0, told.leftSeconds()))
                                        .build());
                    } else {
                        answers.fail(Errors.of(reply));
                    }
                });
    }

    @Override
    public void leaseTimeToLive(
            LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> client) {
        Caller caller = Callers.current();
        member.ask(
                new ClientRequest.AskLease(request.getID(), request.getKeys()),
                (reply, view) -> {
                    if (!(reply instanceof Reply.LeaseTold told)) {
                        client.onError(Errors.of(reply));
                    } else if (!Member.refused(
                            refusal(view.store(), caller, request.getID(), told), client)) {
                        LeaseTimeToLiveResponse.Builder response =
                                LeaseTimeToLiveResponse.newBuilder()
                                        .setHeader(member.header(view))
                                        .setID(request.getID())
                                        .setTTL(told.leftSeconds())
                                        .setGrantedTTL(told.grantedSeconds());
                        told.keys().forEach(key -> response.addKeys(Responses.bytes(key)));
                        Member.answer(client, response.build());
                    }
                });
    }

    /** Who is told of a lease may read its keys: those that are known here, and those told of. */
    private static Optional<ErrorCode> refusal(
            Store store, Caller caller, long lease, Reply.LeaseTold told) {
        Optional<ErrorCode> refusal = store.leaseKeysRefusal(caller, lease);
        for (Bytes key : told.keys()) {
            if (refusal.isEmpty()) {
                refusal = store.readRefusal(caller, KeyRange.single(key));
            }
        }
        return refusal;
    }

    @Override
    public void leaseLeases(
            LeaseLeasesRequest request, StreamObserver<LeaseLeasesResponse> client) {
        Caller caller = Callers.current();
        member.ask(
                new ClientRequest.ListLeases(),
                (reply, view) -> {
                    if (!(reply instanceof Reply.LeasesListed listed)) {
                        client.onError(Errors.of(reply));
                    } else if (!Member.refused(view.store().userRefusal(caller), client)) {
                        LeaseLeasesResponse.Builder response =
                                LeaseLeasesResponse.newBuilder().setHeader(member.header(view));
                        listed.ids()
                                .forEach(
                                        id ->
                                                response.addLeases(
                                                        LeaseStatus.newBuilder().setID(id)));
                        Member.answer(client, response.build());
                    }
                });
    }
}
