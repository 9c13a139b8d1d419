package dev.whitewater.server.api;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.pb.AlarmMember;
import dev.whitewater.server.pb.AlarmRequest;
import dev.whitewater.server.pb.AlarmResponse;
import dev.whitewater.server.pb.AlarmType;
import dev.whitewater.server.pb.DefragmentRequest;
import dev.whitewater.server.pb.DefragmentResponse;
import dev.whitewater.server.pb.HashKVRequest;
import dev.whitewater.server.pb.HashKVResponse;
import dev.whitewater.server.pb.HashRequest;
import dev.whitewater.server.pb.HashResponse;
import dev.whitewater.server.pb.MaintenanceGrpc;
import dev.whitewater.server.pb.MoveLeaderRequest;
import dev.whitewater.server.pb.MoveLeaderResponse;
import dev.whitewater.server.pb.ResponseHeader;
import dev.whitewater.server.pb.StatusRequest;
import dev.whitewater.server.pb.StatusResponse;
import dev.whitewater.store.Alarm;
import dev.whitewater.store.Caller;
import dev.whitewater.store.HashKv;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.MaintenanceResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Response;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.function.BiConsumer;

/** etcd's {@code Maintenance} service. */
public final class MaintenanceService extends MaintenanceGrpc.MaintenanceImplBase {

    private static final int VERSIONS_AT_ONCE = 5_000;

    private final Member member;

    public MaintenanceService(Member member) {
        this.member = member;
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> client) {
        member.crank().look(view -> Member.answer(client, status(view)));
    }

    private StatusResponse status(NodeView view) {
        StatusResponse.Builder status =
                StatusResponse.newBuilder()
                        .setHeader(member.header(view))
                        .setVersion(Member.ETCD_VERSION)
                        .setDbSize(view.store().bytes())
                        .setDbSizeInUse(view.store().bytes());
        if (!view.recovering()) {
            status.setLeader(view.raft().leader().value())
                    .setRaftIndex(view.raft().commit())
                    .setRaftTerm(view.raft().term())
                    .setRaftAppliedIndex(view.raft().applied());
            if (view.raft().leader().isNone()) {
                status.addErrors(Errors.NO_LEADER.getDescription());
            }
        }
        for (Alarm alarm : view.store().alarms()) {
            status.addErrors("memberID:" + alarm.member() + " alarm:" + type(alarm.kind()) + " ");
        }
        return status.build();
    }

    @Override
    public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> client) {
        switch (request.getAction()) {
            case GET -> list(request, client);
            case ACTIVATE -> change(new MaintenanceRequest.RaiseAlarm(alarm(request)), client);
            case DEACTIVATE -> change(new MaintenanceRequest.ClearAlarm(alarm(request)), client);
            case UNRECOGNIZED -> client.onError(Status.INVALID_ARGUMENT.asRuntimeException());
        }
    }

    /** Any user may ask how the cluster is. */
    private void list(AlarmRequest request, StreamObserver<AlarmResponse> client) {
        Caller caller = Callers.current();
        member.crank()
                .look(
                        view -> {
                            if (!Member.refused(view.store().userRefusal(caller), client)) {
                                Member.answer(client, alarms(request, view));
                            }
                        });
    }

    private void change(MaintenanceRequest request, StreamObserver<AlarmResponse> client) {
        member.write(request, client, MaintenanceService::changed);
    }

    private static AlarmResponse changed(Response response, ResponseHeader header) {
        return alarms(((MaintenanceResponse.Alarms) response).alarms()).setHeader(header).build();
    }

    private AlarmResponse alarms(AlarmRequest request, NodeView view) {
        List<Alarm> asked =
                view.store().alarms().stream()
                        .filter(
                                alarm ->
                                        request.getAlarm() == AlarmType.NONE
                                                || request.getAlarm() == type(alarm.kind()))
                        .toList();
        return alarms(asked).setHeader(member.header(view)).build();
    }

    private static AlarmResponse.Builder alarms(List<Alarm> alarms) {
        AlarmResponse.Builder response = AlarmResponse.newBuilder();
        for (Alarm alarm : alarms) {
            response.addAlarms(
                    AlarmMember.newBuilder()
                            .setMemberID(alarm.member())
                            .setAlarm(type(alarm.kind())));
        }
        return response;
    }

    private static Alarm alarm(AlarmRequest request) {
        Alarm.Kind kind =
                request.getAlarm() == AlarmType.CORRUPT ? Alarm.Kind.CORRUPT : Alarm.Kind.NO_SPACE;
        return new Alarm(request.getMemberID(), kind);
    }

    private static AlarmType type(Alarm.Kind kind) {
        return switch (kind) {
            case NO_SPACE -> AlarmType.NOSPACE;
            case CORRUPT -> AlarmType.CORRUPT;
        };
    }

    /** In slices, and then a snapshot is taken: the disk too gives back what was removed. */
    @Override
    public void defragment(DefragmentRequest request, StreamObserver<DefragmentResponse> client) {
        member.asAdmin(client, _ -> defragment(client));
    }

    private void defragment(StreamObserver<DefragmentResponse> client) {
        member.ask(
                new ClientRequest.Defragment(),
                (reply, view) -> {
                    if (reply instanceof Reply.Defragmented) {
                        Member.answer(
                                client,
                                DefragmentResponse.newBuilder()
                                        .setHeader(member.header(view))
                                        .build());
                    } else {
                        client.onError(Errors.of(reply));
                    }
                });
    }

    @Override
    public void hash(HashRequest request, StreamObserver<HashResponse> client) {
        member.asAdmin(
                client,
                view ->
                        step(
                                view.store().contentHash(),
                                (steps, then) ->
                                        Member.answer(
                                                client,
                                                HashResponse.newBuilder()
                                                        .setHeader(member.header(then))
                                                        .setHash(steps.value())
                                                        .build())));
    }

    /** In slices between the member's turns: hashing all keys takes a while. */
    @Override
    public void hashKV(HashKVRequest request, StreamObserver<HashKVResponse> client) {
        member.asAdmin(
                client,
                view -> {
                    switch (view.store().hashKv(request.getRevision())) {
                        case HashKv.Begun begun ->
                                step(begun.steps(), (s, then) -> hashed(s, then, client));
                        case HashKv.Refused refused ->
                                client.onError(Errors.of(Rejected.because(refused.code())));
                    }
                });
    }

    private void hashed(HashKv.Steps steps, NodeView view, StreamObserver<HashKVResponse> client) {
        Member.answer(
                client,
                HashKVResponse.newBuilder()
                        .setHeader(member.header(view))
                        .setHash(steps.value())
                        .setCompactRevision(steps.compactRevision())
                        .setHashRevision(steps.revision())
                        .build());
    }

    private void step(HashKv.Steps steps, BiConsumer<HashKv.Steps, NodeView> done) {
        member.crank()
                .look(
                        view -> {
                            if (steps.step(VERSIONS_AT_ONCE)) {
                                step(steps, done);
                            } else {
                                done.accept(steps, view);
                            }
                        });
    }

    @Override
    public void moveLeader(MoveLeaderRequest request, StreamObserver<MoveLeaderResponse> client) {
        if (request.getTargetID() <= 0) {
            client.onError(Errors.BAD_TRANSFEREE.asRuntimeException());
            return;
        }
        member.asAdmin(client, _ -> moveLeader(new NodeId(request.getTargetID()), client));
    }

    private void moveLeader(NodeId target, StreamObserver<MoveLeaderResponse> client) {
        member.ask(
                new ClientRequest.TransferLeadership(target),
                (reply, view) -> {
                    if (reply instanceof Reply.HandedOver) {
                        Member.answer(
                                client,
                                MoveLeaderResponse.newBuilder()
                                        .setHeader(member.header(view))
                                        .build());
                    } else if (reply instanceof Reply.Refused refused
                            && refused.reason() == Reply.Reason.NOT_LEADER) {
                        client.onError(Errors.NOT_LEADER.asRuntimeException());
                    } else {
                        client.onError(Errors.of(reply));
                    }
                });
    }
}
