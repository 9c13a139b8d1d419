package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Request;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The changes that no answer claims: those of operations whose fate their clients never learnt, and
 * of leases that ended. With them a checker need not guess which of the unanswered operations
 * happened, and when.
 */
final class Unclaimed {

    private Unclaimed() {}

    static List<ClientOperation> of(OperationBook history, Monitors monitors, long lastEvent) {
        OperationBook.Claims claims = history.claims();
        BitSet claimed = claims.revisions();
        for (Operation operation : claims.rest()) {
            if (operation.madeRevision()
                    || (operation.outcome == Outcome.OK && endsLease(operation, monitors))) {
                claimed.set((int) operation.revision);
            }
        }
        List<ClientOperation> unclaimed = new ArrayList<>();
        for (long revision = 2; revision <= monitors.revision(); revision++) {
            if (!claimed.get((int) revision)) {
                Operation operation = operation(Attributed.strip(monitors.maker(revision)));
                operation.outcome = Outcome.OK;
                operation.revision = revision;
                operation.returnNanos = Long.MAX_VALUE - 1;
                operation.returnEvent = lastEvent + 1;
                unclaimed.add(operation.toHistory());
            }
        }
        return unclaimed;
    }

    /** Whether it is the end of a lease that made the revision of the answer, by deleting keys. */
    private static boolean endsLease(Operation operation, Monitors monitors) {
        return operation.kind == Kind.LEASE_REVOKE
                && operation.revision > 1
                && operation.request instanceof ClientRequest.Write(Request asked, _)
                && Attributed.strip(monitors.maker(operation.revision))
                        .equals(Attributed.strip(asked));
    }

    private static Operation operation(Request request) {
        ClientRequest.Write write = new ClientRequest.Write(request);
        return switch (request) {
            case Put put ->
                    put.lease() == 0
                            ? new Operation(
                                    0, Kind.PUT, text(put.key()), text(put.value()), "", false)
                            : new Operation(0, text(put.key()), text(put.value()), write);
            case DeleteRange delete ->
                    new Operation(0, Kind.DELETE_RANGE, text(delete.keys().start()), write);
            case LeaseRequest.Revoke _ -> new Operation(0, Kind.LEASE_REVOKE, "", write);
            default -> new Operation(0, Kind.TXN, "", write);
        };
    }

    private static String text(Bytes bytes) {
        return bytes.toUtf8();
    }
}
