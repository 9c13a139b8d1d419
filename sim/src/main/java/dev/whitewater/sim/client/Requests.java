package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.ClientRequest.Manner;
import dev.whitewater.node.port.Reply;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.MaintenanceResponse;
import dev.whitewater.store.MembersResponse;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

import java.util.List;
import java.util.Optional;

/** Operations in the store's words, and the store's answers in the history's. */
final class Requests {

    private Requests() {}

    static ClientRequest of(Operation operation) {
        Manner manner = operation.forwarded ? Manner.FORWARDED : Manner.DIRECT;
        return switch (operation.asked()) {
            case ClientRequest.Write write -> new ClientRequest.Write(write.request(), manner);
            case ClientRequest.Read read ->
                    new ClientRequest.Read(read.range(), read.consistency(), manner, read.caller());
            case ClientRequest other -> other;
        };
    }

    /** What the words of a plain operation ask. */
    static ClientRequest plain(Operation operation) {
        Bytes key = Bytes.utf8(operation.key);
        Bytes value = Bytes.utf8(operation.value);
        return switch (operation.kind) {
            case PUT -> new ClientRequest.Write(Put.of(key, value));
            case GET ->
                    new ClientRequest.Read(
                            Range.of(key),
                            operation.serializable
                                    ? Consistency.SERIALIZABLE
                                    : Consistency.LINEARIZABLE);
            case DELETE -> new ClientRequest.Write(DeleteRange.of(key));
            case CAS ->
                    new ClientRequest.Write(
                            operation.expected.isEmpty()
                                    ? Txn.putIfModRevision(key, 0, value)
                                    : Txn.compareAndSwap(
                                            key, Bytes.utf8(operation.expected), value));
            default -> throw new IllegalStateException(operation.kind + " is more than words");
        };
    }

    /** What an operation on keys does; empty of one that isn't on keys. */
    static Optional<dev.whitewater.store.Operation> onKeys(Operation operation) {
        return switch (operation.asked()) {
            case ClientRequest.Write write ->
                    Attributed.strip(write.request())
                                    instanceof dev.whitewater.store.Operation onKeys
                            ? Optional.of(onKeys)
                            : Optional.empty();
            case ClientRequest.Read read -> Optional.of(read.range());
            default -> Optional.empty();
        };
    }

    /** Who is to be shown keys without the log; a member itself where the log has the word. */
    static Caller reader(Operation operation) {
        if (operation.request instanceof ClientRequest.Read read) {
            return read.caller();
        }
        return operation.kind == Kind.GET ? Caller.NOBODY : Caller.MEMBER;
    }

    /** What else was asked for, for the history. */
    static Detail.Fields asked(Operation operation) {
        return switch (operation.request) {
            case ClientRequest.Write write -> asked(write.request());
            case ClientRequest.Read read ->
                    new Detail.Fields(Details.asked(read.range())).with(as(read.caller()));
            case ClientRequest.RenewLease renew ->
                    Details.fields(Details.number("lease", renew.id()));
            default -> Detail.Fields.NONE;
        };
    }

    private static Detail.Fields asked(Request request) {
        return switch (request) {
            case Attributed(Caller caller, Request its) -> asked(its).with(as(caller));
            case AuthRequest access -> Details.access(access);
            case dev.whitewater.store.Operation onKeys -> new Detail.Fields(Details.asked(onKeys));
            case LeaseRequest.Grant grant ->
                    Details.fields(
                            Details.number("lease", grant.id()),
                            Details.number("ttl", grant.ttlSeconds()));
            case LeaseRequest.Revoke revoke -> Details.fields(Details.number("lease", revoke.id()));
            case MaintenanceRequest.Compact compact ->
                    Details.fields(Details.number("at", compact.revision()));
            default -> Detail.Fields.NONE;
        };
    }

    private static List<Detail.Field> as(Caller caller) {
        return caller.isMember() ? List.of() : List.of(Details.text("as", caller.user().toUtf8()));
    }

    /** Fills in result and revision; false if the store rejected the request. */
    static boolean read(Operation operation, Response response) {
        operation.revision = revision(response);
        operation.wrote = wrote(response);
        if (response instanceof Rejected rejected) {
            operation.answered = why(rejected);
            return false;
        }
        if (!operation.kind.isSimple()) {
            answered(operation, response);
            return true;
        }
        switch (response) {
            case RangeResponse range ->
                    operation.result =
                            range.kvs().isEmpty() ? "" : range.kvs().getFirst().value().toUtf8();
            case DeleteRangeResponse delete -> operation.result = Long.toString(delete.deleted());
            case TxnResponse txn -> operation.result = Boolean.toString(txn.succeeded());
            default -> {
                // A put has nothing to tell.
            }
        }
        return true;
    }

    /** The answer to a renewal; false if there is no such lease. */
    static boolean read(Operation operation, Reply.LeaseTold told) {
        boolean kept = told.leftSeconds() >= 0;
        operation.answered =
                kept
                        ? Details.fields(Details.number("ttl", told.leftSeconds()))
                        : Details.fields(Details.text("error", "lease-not-found"));
        return kept;
    }

    /** Whether an answer says that keys changed. */
    private static boolean wrote(Response response) {
        return switch (response) {
            case PutResponse _ -> true;
            case DeleteRangeResponse delete -> delete.deleted() > 0;
            case TxnResponse txn -> txn.responses().stream().anyMatch(Requests::wrote);
            default -> false;
        };
    }

    private static void answered(Operation operation, Response response) {
        Optional<dev.whitewater.store.Operation> asked = onKeys(operation);
        if (asked.isPresent()
                && Details.answered(asked.get(), response) instanceof Detail.Fields fields) {
            operation.answered = fields;
        }
    }

    /** As far as the history has a word for it. */
    private static Detail.Fields why(Rejected rejected) {
        String error =
                switch (rejected.code()) {
                    case COMPACTED -> "compacted";
                    case FUTURE_REVISION -> "future-revision";
                    case LEASE_NOT_FOUND -> "lease-not-found";
                    case PERMISSION_DENIED -> "permission-denied";
                    default -> "";
                };
        return error.isEmpty() ? Detail.Fields.NONE : Details.fields(Details.text("error", error));
    }

    static boolean isForWantOfSpace(Response response) {
        return response instanceof Rejected rejected && rejected.code() == ErrorCode.NO_SPACE;
    }

    /** The revision of an answer; 0 of a rejection. */
    static long revision(Response response) {
        return switch (response) {
            case PutResponse put -> put.revision();
            case RangeResponse range -> range.revision();
            case DeleteRangeResponse delete -> delete.revision();
            case TxnResponse txn -> txn.revision();
            case LeaseResponse.Granted granted -> granted.revision();
            case LeaseResponse.Revoked revoked -> revoked.revision();
            case LeaseResponse.Checkpointed checkpointed -> checkpointed.revision();
            case MaintenanceResponse.Compacted compacted -> compacted.revision();
            case MaintenanceResponse.Alarms alarms -> alarms.revision();
            case AuthResponse.Done done -> done.revision();
            case AuthResponse _ -> 0;
            case MembersResponse members -> members.revision();
            case Rejected _ -> 0;
        };
    }

    /** What the keys of an answer are now. */
    static List<dev.whitewater.store.KeyValue> keys(Reply reply) {
        return reply instanceof Reply.Answered(RangeResponse range) ? range.kvs() : List.of();
    }

    static boolean isWrite(Kind kind) {
        return !kind.isRead() && kind != Kind.LEASE_KEEPALIVE;
    }
}
