package dev.whitewater.store;

import java.util.List;

/**
 * What a request adds to the room that versions take, about as etcd estimates it. A member whose
 * store hasn't that room refuses the request before proposing it, and proposes an alarm. How much
 * room is taken differs between members, by how far each has come with removing what was compacted;
 * so this is never asked while a command is applied.
 */
final class Quota {
    private static final long PUT_OVERHEAD = 256;
    private static final long LEASE = 64;

    private Quota() {}

    static long cost(Request request) {
        return switch (request) {
            case Attributed attributed -> cost(attributed.request());
            case Put put -> PUT_OVERHEAD + put.key().length() + put.value().length();
            case Txn txn -> Math.max(cost(txn.success()), cost(txn.failure()));
            case LeaseRequest.Grant grant -> LEASE;
            case Range range -> 0;
            case DeleteRange delete -> 0;
            case LeaseRequest lease -> 0;
            case MaintenanceRequest maintenance -> 0;
            case AuthRequest auth -> 0;
            case MemberRequest member -> 0;
        };
    }

    private static long cost(List<Operation> operations) {
        long sum = 0;
        for (Operation operation : operations) {
            sum += cost(operation);
        }
        return sum;
    }
}
