package dev.whitewater.bench.serve;

import com.google.protobuf.ByteString;

import dev.whitewater.server.pb.Compare;
import dev.whitewater.server.pb.Event;
import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.PutRequest;
import dev.whitewater.server.pb.PutResponse;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.RequestOp;
import dev.whitewater.server.pb.TxnRequest;
import dev.whitewater.server.pb.WatchCreateRequest;
import dev.whitewater.server.pb.WatchGrpc;
import dev.whitewater.server.pb.WatchRequest;
import dev.whitewater.server.pb.WatchResponse;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;

import org.HdrHistogram.ConcurrentHistogram;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests kept under way at a constant number, spread over the members: as soon as one is answered
 * the next goes out.
 */
final class Load implements AutoCloseable {

    private static final int CHANNELS_PER_MEMBER = 2;
    private static final int KEYS = 10_000;
    private static final int VALUE_BYTES = 256;
    private static final long SLOWEST_NANOS = 60_000_000_000L;
    private static final String PREFIX = "bench/";

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final AtomicLong next = new AtomicLong();

    /** What is asked for. */
    enum Operation {
        PUT,
        RANGE,
        TXN,
        WATCH
    }

    /** What came of it. */
    record Measured(long requests, double seconds, double p50Millis, double p99Millis) {}

    Load(List<String> endpoints) {
        for (int i = 0; i < CHANNELS_PER_MEMBER; i++) {
            for (String endpoint : endpoints) {
                channels.add(
                        NettyChannelBuilder.forTarget("dns:///" + endpoint)
                                .usePlaintext()
                                .directExecutor()
                                .build());
            }
        }
    }

    private KVGrpc.KVStub stub() {
        int channel = (int) (next.getAndIncrement() % channels.size());
        return KVGrpc.newStub(channels.get(channel));
    }

    /** Spread over all keys, the same in every run. */
    private ByteString key() {
        long mixed = (next.getAndIncrement() * 0x9E3779B97F4A7C15L) >>> 33;
        return ByteString.copyFromUtf8(PREFIX + mixed % KEYS);
    }

    /** Begins with the time, so that a watch can tell how old an event is. */
    private static ByteString value() {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        value.putLong(System.nanoTime());
        return ByteString.copyFrom(value.array());
    }

    /** Waits until every channel has had an answer to a read. */
    void awaitReady() {
        RangeRequest read = RangeRequest.newBuilder().setKey(key()).build();
        long end = System.nanoTime() + SLOWEST_NANOS;
        for (ManagedChannel channel : channels) {
            boolean ready = false;
            while (!ready) {
                try {
                    ready =
                            KVGrpc.newBlockingStub(channel)
                                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                                    .range(read)
                                    .hasHeader();
                } catch (io.grpc.StatusRuntimeException e) {
                    if (System.nanoTime() > end) {
                        throw e;
                    }
                    channel.resetConnectBackoff();
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }
    }

    Measured run(Operation operation, int outstanding, double seconds) {
        if (operation != Operation.WATCH) {
            return new Run(operation, outstanding, seconds).measure();
        }
        Run puts = new Run(Operation.PUT, outstanding, seconds);
        Watcher watcher = new Watcher();
        StreamObserver<WatchRequest> stream = WatchGrpc.newStub(channels.getFirst()).watch(watcher);
        stream.onNext(
                WatchRequest.newBuilder()
                        .setCreateRequest(
                                WatchCreateRequest.newBuilder()
                                        .setKey(ByteString.copyFromUtf8(PREFIX))
                                        .setRangeEnd(ByteString.copyFromUtf8("bench0")))
                        .build());
        Measured done = puts.measure();
        stream.onCompleted();
        return watcher.measured(done.seconds());
    }

    /** One measurement. */
    private final class Run {
        private final Operation operation;
        private final int outstanding;
        private final ConcurrentHistogram latencies = new ConcurrentHistogram(SLOWEST_NANOS, 3);
        private final long ends;
        private final long began = System.nanoTime();
        private final AtomicLong underWay = new AtomicLong();

        Run(Operation operation, int outstanding, double seconds) {
            this.operation = operation;
            this.outstanding = outstanding;
            ends = began + (long) (seconds * 1e9);
        }

        Measured measure() {
            underWay.set(outstanding);
            for (int i = 0; i < outstanding; i++) {
                send();
            }
            while (underWay.get() > 0) {
                LockSupport.parkNanos(1_000_000);
                if (System.nanoTime() > ends + SLOWEST_NANOS) {
                    throw new IllegalStateException(underWay.get() + " requests had no answer");
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            return Load.measured(latencies, seconds);
        }

        private void send() {
            long sent = System.nanoTime();
            switch (operation) {
                case PUT, WATCH -> stub().put(put(), new Answer<PutResponse>(this, sent));
                case RANGE ->
                        stub().range(
                                        RangeRequest.newBuilder().setKey(key()).build(),
                                        new Answer<>(this, sent));
                case TXN -> stub().txn(txn(), new Answer<>(this, sent));
            }
        }

        private PutRequest put() {
            return PutRequest.newBuilder().setKey(key()).setValue(value()).build();
        }

        /** What Kubernetes does: a write on the condition that the key was not written since. */
        private TxnRequest txn() {
            PutRequest put = put();
            return TxnRequest.newBuilder()
                    .addCompare(
                            Compare.newBuilder()
                                    .setTarget(Compare.CompareTarget.MOD)
                                    .setResult(Compare.CompareResult.GREATER)
                                    .setKey(put.getKey())
                                    .setModRevision(-1))
                    .addSuccess(RequestOp.newBuilder().setRequestPut(put))
                    .addFailure(
                            RequestOp.newBuilder()
                                    .setRequestRange(
                                            RangeRequest.newBuilder().setKey(put.getKey())))
                    .build();
        }

        void answered(long sent) {
            long now = System.nanoTime();
            latencies.recordValue(Math.min(now - sent, SLOWEST_NANOS));
            if (now < ends) {
                send();
            } else {
                underWay.decrementAndGet();
            }
        }
    }

    private record Answer<T>(Run run, long sent) implements StreamObserver<T> {

        @Override
        public void onNext(T response) {
            run.answered(sent);
        }

        @Override
        public void onError(Throwable cause) {
            throw new IllegalStateException("a measured request failed", cause);
        }

        @Override
        public void onCompleted() {
            // The answer was all.
        }
    }

    private static Measured measured(ConcurrentHistogram latencies, double seconds) {
        return new Measured(
                latencies.getTotalCount(),
                seconds,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6);
    }

    /** Counts events, and how long after its put was sent each one came. */
    private static final class Watcher implements StreamObserver<WatchResponse> {
        private final ConcurrentHistogram ages = new ConcurrentHistogram(SLOWEST_NANOS, 3);

        @Override
        public void onNext(WatchResponse response) {
            long now = System.nanoTime();
            for (Event event : response.getEventsList()) {
                long sent = event.getKv().getValue().asReadOnlyByteBuffer().getLong();
                ages.recordValue(Math.clamp(now - sent, 0, SLOWEST_NANOS));
            }
        }

        @Override
        public void onError(Throwable cause) {
            // The stream ends with the load.
        }

        @Override
        public void onCompleted() {
            // As above.
        }

        Measured measured(double seconds) {
            return Load.measured(ages, seconds);
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
