package dev.whitewater.server.api;

import dev.whitewater.node.port.Reply;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Rejected;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Refusals as etcd words them ({@code rpctypes}): clients match on the code and on the text. */
final class Errors {

    static final Status NO_LEADER = Status.UNAVAILABLE.withDescription("etcdserver: no leader");
    static final Status TIMED_OUT =
            Status.UNAVAILABLE.withDescription("etcdserver: request timed out");
    static final Status STOPPED = Status.UNAVAILABLE.withDescription("etcdserver: server stopped");
    static final Status NOT_LEADER =
            Status.FAILED_PRECONDITION.withDescription("etcdserver: not leader");
    static final Status BAD_TRANSFEREE =
            Status.FAILED_PRECONDITION.withDescription("etcdserver: bad leader transferee");
    static final Status INVALID_TOKEN =
            Status.UNAUTHENTICATED.withDescription(ErrorCode.INVALID_AUTH_TOKEN.text());
    static final Status PERMISSION_NOT_GIVEN =
            Status.INVALID_ARGUMENT.withDescription("etcdserver: permission not given");

    /** That of Go's library, which etcd passes on. */
    static final Status PASSWORD_TOO_LONG =
            Status.UNKNOWN.withDescription("bcrypt: password length exceeds 72 bytes");

    private static final Status LEADER_CHANGED =
            Status.UNAVAILABLE.withDescription("etcdserver: leader changed");
    static final Status TOO_MANY_REQUESTS =
            Status.RESOURCE_EXHAUSTED.withDescription("etcdserver: too many requests");

    private Errors() {}

    static StatusRuntimeException of(Rejected rejected) {
        return status(rejected.code()).withDescription(rejected.message()).asRuntimeException();
    }

    private static Status status(ErrorCode code) {
        return switch (code.status()) {
            case INVALID_ARGUMENT -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case PERMISSION_DENIED -> Status.PERMISSION_DENIED;
            case RESOURCE_EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
            case FAILED_PRECONDITION -> Status.FAILED_PRECONDITION;
            case OUT_OF_RANGE -> Status.OUT_OF_RANGE;
            case DATA_LOSS -> Status.DATA_LOSS;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
        };
    }

    /** As Go prints an error, which is how a watch says why it was denied. */
    static String inGo(String text) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.text().equals(text)) {
                String name = CallCounter.goName(status(code).getCode());
                return "rpc error: code = " + name + " desc = " + text;
            }
        }
        return text;
    }

    /** Every reply but those that say that something was done. */
    static StatusRuntimeException of(Reply reply) {
        return status(reply).asRuntimeException();
    }

    private static Status status(Reply reply) {
        return switch (reply) {
            case Reply.Refused refused ->
                    switch (refused.reason()) {
                        case NOT_LEADER -> LEADER_CHANGED;
                        // The member looked for a leader for as long as a request may take.
                        case NO_LEADER -> TIMED_OUT;
                        case OVERLOADED, NOT_NOW -> TOO_MANY_REQUESTS;
                        case STARTING, STOPPING -> STOPPED;
                        case IMPOSSIBLE -> BAD_TRANSFEREE;
                    };
            case Reply.Unknown _ -> TIMED_OUT;
            case Reply.Answered _,
                    Reply.Reconfigured _,
                    Reply.HandedOver _,
                    Reply.LeaseTold _,
                    Reply.LeasesListed _,
                    Reply.CaughtUp _,
                    Reply.Defragmented _ ->
                    Status.INTERNAL.withDescription("unexpected answer " + reply);
        };
    }
}
