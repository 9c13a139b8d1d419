package dev.whitewater.server.api;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;
import dev.whitewater.server.crank.Answer;
import dev.whitewater.server.crank.Crank;
import dev.whitewater.server.metrics.Metrics;
import dev.whitewater.server.pb.ResponseHeader;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Limits;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.RequestRules;
import dev.whitewater.store.Response;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A member as the services see it: requests in, answers with their headers out. */
public final class Member {

    /** The version of etcd whose behaviour and API this server follows. */
    public static final String ETCD_VERSION = "3.5.30";

    private final Crank crank;
    private final Metrics metrics;
    private final long clusterId;
    private final long memberId;
    private final RequestRules rules = new RequestRules(Limits.DEFAULT);

    public Member(Crank crank, Metrics metrics, long clusterId, long memberId) {
        this.crank = crank;
        this.metrics = metrics;
        this.clusterId = clusterId;
        this.memberId = memberId;
    }

    public long id() {
        return memberId;
    }

    Crank crank() {
        return crank;
    }

    Metrics metrics() {
        return metrics;
    }

    ResponseHeader header(NodeView view, long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(clusterId)
                .setMemberId(memberId)
                .setRevision(revision)
                .setRaftTerm(view.recovering() ? 0 : view.raft().term())
                .build();
    }

    ResponseHeader header(NodeView view) {
        return header(view, view.store().revision());
    }

    /**
     * Proposes a request of the current caller that the rules let pass, and answers when it is
     * applied here.
     */
    <T> void write(
            Request asked,
            StreamObserver<T> client,
            BiFunction<Response, ResponseHeader, T> answer) {
        Request request = Callers.attributed(asked);
        Optional<ErrorCode> refusal = rules.check(request);
        if (refusal.isEmpty()) {
            refusal = rules.checkSize(RequestCodec.encode(request).length);
        }
        if (refusal.isPresent()) {
            client.onError(Errors.of(Rejected.because(refusal.get())));
            return;
        }
        ask(new ClientRequest.Write(request, ClientRequest.Manner.FORWARDED), client, answer);
    }

    /** Asks for what the store answers itself. */
    <T> void ask(
            ClientRequest request,
            StreamObserver<T> client,
            BiFunction<Response, ResponseHeader, T> answer) {
        crank.request(
                request,
                (reply, view) -> {
                    if (reply instanceof Reply.Answered answered) {
                        if (answered.response() instanceof Rejected rejected) {
                            client.onError(Errors.of(rejected));
                            return;
                        }
                        Response response = answered.response();
                        ResponseHeader header = header(view, Responses.revision(response));
                        answer(client, answer.apply(response, header));
                    } else {
                        metrics.proposalsFailed.increment();
                        client.onError(Errors.of(reply));
                    }
                });
    }

    /** A look for somebody who may do what root may; anybody else is refused. */
    void asAdmin(StreamObserver<?> client, Consumer<NodeView> look) {
        Caller caller = Callers.current();
        crank.look(
                view -> {
                    if (!refused(view.store().adminRefusal(caller), client)) {
                        look.accept(view);
                    }
                });
    }

    /** A look once all is applied here that was acknowledged anywhere. */
    void caughtUp(StreamObserver<?> client, Consumer<NodeView> look) {
        ask(
                new ClientRequest.CatchUp(),
                (reply, view) -> {
                    if (reply instanceof Reply.CaughtUp) {
                        look.accept(view);
                    } else {
                        client.onError(Errors.of(reply));
                    }
                });
    }

    /** Tells the client of the refusal, if there is one. */
    static boolean refused(Optional<ErrorCode> refusal, StreamObserver<?> client) {
        refusal.ifPresent(code -> client.onError(Errors.of(Rejected.because(code))));
        return refusal.isPresent();
    }

    void ask(ClientRequest request, Answer answer) {
        crank.request(request, answer);
    }

    static <T> void answer(StreamObserver<T> client, T message) {
        try {
            client.onNext(message);
            client.onCompleted();
        } catch (StatusRuntimeException e) {
            // The client is gone; there is nobody left to tell.
            return;
        }
    }
}
