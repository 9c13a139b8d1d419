package dev.whitewater.server.api;

import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.server.pb.WatchCreateRequest;
import dev.whitewater.server.pb.WatchGrpc;
import dev.whitewater.server.pb.WatchRequest;
import dev.whitewater.server.pb.WatchResponse;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** etcd's {@code Watch} service: one node stream for each call. */
public final class WatchService extends WatchGrpc.WatchImplBase {

    private final Member member;
    private final LeaderRequired leaderRequired;
    private final Callers callers;

    public WatchService(Member member, LeaderRequired leaderRequired, Callers callers) {
        this.member = member;
        this.leaderRequired = leaderRequired;
        this.callers = callers;
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> client) {
        return new Stream((ServerCallStreamObserver<WatchResponse>) client);
    }

    private final class Stream implements StreamObserver<WatchRequest> {

        /** Answers taken before the member is told that there is room again. */
        private static final int ROOM_AT_ONCE = 16;

        private final ServerCallStreamObserver<WatchResponse> transport;
        private final SafeStream<WatchResponse> answers;
        private final AtomicInteger taken = new AtomicInteger();
        private final Supplier<Optional<Caller>> caller = callers.lasting();
        private final long name;

        Stream(ServerCallStreamObserver<WatchResponse> transport) {
            this.transport = transport;
            answers = new SafeStream<>(transport);
            name = member.crank().openWatch(this::news);
            transport.setOnReadyHandler(this::giveRoom);
            transport.setOnCancelHandler(this::close);
            leaderRequired.watch(name, answers::fail);
        }

        private void giveRoom() {
            int room = taken.getAndSet(0);
            if (room > 0) {
                order(new WatchOrder.Room(room));
            }
        }

        private void order(WatchOrder order) {
            member.crank().watch(name, order);
        }

        private void close() {
            answers.close();
            leaderRequired.forget(name);
            order(new WatchOrder.Close());
        }

        @Override
        public void onNext(WatchRequest request) {
            switch (request.getRequestUnionCase()) {
                case CREATE_REQUEST -> create(request.getCreateRequest());
                case CANCEL_REQUEST ->
                        order(new WatchOrder.Cancel(request.getCancelRequest().getWatchId()));
                case PROGRESS_REQUEST -> order(new WatchOrder.AskProgress());
                case REQUESTUNION_NOT_SET -> {
                    // An order of a later API version: etcd ignores it too.
                }
            }
        }

        private void create(WatchCreateRequest request) {
            caller.get()
                    .ifPresentOrElse(
                            who ->
                                    order(
                                            new WatchOrder.Create(
                                                    request.getWatchId(),
                                                    Requests.watch(request),
                                                    request.getProgressNotify(),
                                                    who)),
                            this::refuseToken);
        }

        private void refuseToken() {
            WatchNews.Denied denied =
                    new WatchNews.Denied(WatchNews.NO_WATCH, ErrorCode.INVALID_AUTH_TOKEN.text());
            member.crank().look(view -> answers.next(response(denied, view)));
        }

        @Override
        public void onError(Throwable cause) {
            close();
        }

        @Override
        public void onCompleted() {
            answers.complete();
            close();
        }

        /** By the state-machine thread. */
        private void news(WatchNews news, NodeView view) {
            answers.next(response(news, view));
            if (taken.incrementAndGet() >= ROOM_AT_ONCE && transport.isReady()) {
                giveRoom();
            }
        }

        private WatchResponse response(WatchNews news, NodeView view) {
            WatchResponse.Builder response =
                    WatchResponse.newBuilder()
                            .setHeader(member.header(view))
                            .setWatchId(news.watch());
            switch (news) {
                case WatchNews.Created _ -> response.setCreated(true);
                case WatchNews.Refused refused ->
                        response.setCreated(true).setCanceled(true).setCancelReason(refused.why());
                case WatchNews.Denied denied ->
                        response.setCreated(denied.watch() == WatchNews.NO_WATCH)
                                .setCanceled(true)
                                .setCancelReason(Errors.inGo(denied.why()));
                case WatchNews.Events events -> {
                    response.setFragment(events.fragment());
                    events.events().forEach(event -> response.addEvents(Responses.event(event)));
                }
                case WatchNews.Progress progress ->
                        response.setHeader(member.header(view, progress.revision()));
                case WatchNews.Cancelled _ -> response.setCanceled(true);
                case WatchNews.Compacted compacted ->
                        response.setCanceled(true)
                                .setCompactRevision(compacted.compactRevision())
                                .setCancelReason(
                                        "etcdserver: mvcc: required revision has been compacted");
            }
            return response.build();
        }
    }
}
