package dev.whitewater.cli.chaos;

import com.google.protobuf.ByteString;

import dev.whitewater.server.pb.Compare;
import dev.whitewater.server.pb.DeleteRangeRequest;
import dev.whitewater.server.pb.DeleteRangeResponse;
import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.PutRequest;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.RangeResponse;
import dev.whitewater.server.pb.RequestOp;
import dev.whitewater.server.pb.TxnRequest;
import dev.whitewater.server.pb.TxnResponse;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client with one request at a time, at a member until that fails. A write of which nobody
 * knows what became ends the client's process in the history: it goes on under another number.
 */
final class LoadClient implements Runnable {

    private static final int PATIENCE_SECONDS = 10;
    private static final long PAUSE_NANOS = 2_000_000;

    private final List<ManagedChannel> members;
    private final Journal journal;
    private final Shared shared;
    private final SplittableRandom random;
    private long process;
    private int member;

    /** What all clients share: values no two of them write, numbers no two of them bear. */
    record Shared(int keys, AtomicLong values, AtomicLong processes, AtomicBoolean over) {}

    LoadClient(List<ManagedChannel> members, Journal journal, Shared shared, long seed) {
        this.members = members;
        this.journal = journal;
        this.shared = shared;
        random = new SplittableRandom(seed);
        process = shared.processes().getAndIncrement();
        member = random.nextInt(members.size());
    }

    @Override
    public void run() {
        while (!shared.over().get()) {
            String key = "k" + random.nextInt(shared.keys());
            int choice = random.nextInt(100);
            if (choice < 45) {
                put(key);
            } else if (choice < 80) {
                get(key);
            } else if (choice < 95) {
                swap(key);
            } else {
                delete(key);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Reads every key once at the present member. */
    void readAll() {
        for (int key = 0; key < shared.keys(); key++) {
            get("k" + key);
        }
    }

    private KVGrpc.KVBlockingStub stub() {
        return KVGrpc.newBlockingStub(members.get(member))
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /** One request: what it answers, as JSON, and at which revision. */
    private record Done(String value, long revision) {}

    private interface Request {
        Done send();
    }

    /** The answer, or null after a failure. */
    private String perform(String function, String key, String argument, Request request) {
        Journal.Call call = new Journal.Call(process, function, key);
        journal.invoke(process, function, key, argument);
        try {
            Done done = request.send();
            journal.returns(call, "ok", done.value(), done.revision());
            return done.value();
        } catch (StatusRuntimeException e) {
            boolean nothingHappened = function.equals("get") || isRefusal(e.getStatus());
            journal.returns(call, nothingHappened ? "fail" : "info", argument, 0);
            if (!nothingHappened) {
                process = shared.processes().getAndIncrement();
            }
            // Another member next time; this one's channel may try at once to connect again.
            members.get(member).resetConnectBackoff();
            member = random.nextInt(members.size());
            return "null";
        }
    }

    private static boolean isRefusal(Status status) {
        return switch (status.getCode()) {
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    OUT_OF_RANGE,
                    FAILED_PRECONDITION,
                    RESOURCE_EXHAUSTED,
                    UNIMPLEMENTED ->
                    true;
            default -> false;
        };
    }

    private void put(String key) {
        String value = Long.toString(shared.values().incrementAndGet());
        PutRequest request =
                PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
        perform(
                "put",
                key,
                value,
                () -> new Done(value, stub().put(request).getHeader().getRevision()));
    }

    private String get(String key) {
        RangeRequest request = RangeRequest.newBuilder().setKey(bytes(key)).build();
        return perform(
                "get",
                key,
                "null",
                () -> {
                    RangeResponse response = stub().range(request);
                    String value =
                            response.getKvsCount() == 0
                                    ? "null"
                                    : response.getKvs(0).getValue().toStringUtf8();
                    return new Done(value, response.getHeader().getRevision());
                });
    }

    private void delete(String key) {
        DeleteRangeRequest request = DeleteRangeRequest.newBuilder().setKey(bytes(key)).build();
        perform(
                "delete",
                key,
                "null",
                () -> {
                    DeleteRangeResponse response = stub().deleteRange(request);
                    return new Done(
                            Long.toString(response.getDeleted()),
                            response.getHeader().getRevision());
                });
    }

    /** Replaces the value just read, if it is still there. */
    private void swap(String key) {
        String old = get(key);
        if (old.equals("null")) {
            return;
        }
        String value = Long.toString(shared.values().incrementAndGet());
        TxnRequest request =
                TxnRequest.newBuilder()
                        .addCompare(
                                Compare.newBuilder()
                                        .setTarget(Compare.CompareTarget.VALUE)
                                        .setResult(Compare.CompareResult.EQUAL)
                                        .setKey(bytes(key))
                                        .setValue(bytes(old)))
                        .addSuccess(
                                RequestOp.newBuilder()
                                        .setRequestPut(
                                                PutRequest.newBuilder()
                                                        .setKey(bytes(key))
                                                        .setValue(bytes(value))))
                        .build();
        perform(
                "cas",
                key,
                "[" + old + "," + value + "]",
                () -> {
                    TxnResponse response = stub().txn(request);
                    return new Done(
                            Boolean.toString(response.getSucceeded()),
                            response.getHeader().getRevision());
                });
    }
}
