package dev.whitewater.server.api;

import dev.whitewater.node.NodeView;
import dev.whitewater.server.pb.ClusterGrpc;
import dev.whitewater.server.pb.MemberListRequest;
import dev.whitewater.server.pb.MemberListResponse;
import dev.whitewater.store.Caller;

import io.grpc.stub.StreamObserver;

import java.util.function.Consumer;

/** etcd's {@code Cluster} service, as far as it reads. */
public final class ClusterService extends ClusterGrpc.ClusterImplBase {

    private final Member member;
    private final Roster roster;

    public ClusterService(Member member, Roster roster) {
        this.member = member;
        this.roster = roster;
    }

    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> client) {
        Caller caller = Callers.current();
        Consumer<NodeView> look =
                view -> {
                    if (!Member.refused(view.store().userRefusal(caller), client)) {
                        Member.answer(client, list(view));
                    }
                };
        if (request.getLinearizable()) {
            member.caughtUp(client, look);
        } else {
            member.crank().look(look);
        }
    }

    private MemberListResponse list(NodeView view) {
        MemberListResponse.Builder response =
                MemberListResponse.newBuilder().setHeader(member.header(view));
        for (dev.whitewater.store.Member entry : roster.members(view.store())) {
            response.addMembers(
                    dev.whitewater.server.pb.Member.newBuilder()
                            .setID(entry.id())
                            .setName(entry.name())
                            .addAllPeerURLs(entry.peerUrls())
                            .addAllClientURLs(entry.clientUrls())
                            .setIsLearner(entry.isLearner()));
        }
        return response.build();
    }
}
