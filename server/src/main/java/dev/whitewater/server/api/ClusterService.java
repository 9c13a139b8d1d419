package dev.whitewater.server.api;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;
import dev.whitewater.server.pb.ClusterGrpc;
import dev.whitewater.server.pb.MemberListRequest;
import dev.whitewater.server.pb.MemberListResponse;

import io.grpc.stub.StreamObserver;

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
        if (!request.getLinearizable()) {
            member.crank().look(view -> Member.answer(client, list(view)));
            return;
        }
        member.ask(
                new ClientRequest.CatchUp(),
                (reply, view) -> {
                    if (reply instanceof Reply.CaughtUp) {
                        Member.answer(client, list(view));
                    } else {
                        client.onError(Errors.of(reply));
                    }
                });
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
