package dev.whitewater.server.api;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** A stream of answers that several threads write to and that may be over at any moment. */
final class SafeStream<T> {

    private final StreamObserver<T> client;
    private boolean over;

    SafeStream(StreamObserver<T> client) {
        this.client = client;
    }

    synchronized void next(T message) {
        if (!over) {
            try {
                client.onNext(message);
            } catch (StatusRuntimeException | IllegalStateException e) {
                // The client went away meanwhile.
                over = true;
            }
        }
    }

    synchronized void fail(Throwable cause) {
        if (!over) {
            over = true;
            client.onError(cause);
        }
    }

    synchronized void complete() {
        if (!over) {
            over = true;
            client.onCompleted();
        }
    }

    /** The other side is gone: nothing more is said. */
    synchronized void close() {
        over = true;
    }
}
