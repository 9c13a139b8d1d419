package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Step;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

/**
 * The whole of etcd's store as one sequential specification, for searches: every change makes the
 * next revision, and an answer that carries a revision must carry the store's.
 *
 * @param start the revision of the empty store
 * @param remembers whether old revisions are read
 */
public record EtcdStore(long start, boolean remembers) implements Model<Object> {
    /** The revision of a new etcd. */
    public static final long FRESH = 1;

    /** The specification that fits a history. */
    public static EtcdStore of(History history, Purse purse) {
        long first = Long.MAX_VALUE;
        int operations = 0;
        boolean remembers = false;
        long fresh = FRESH;
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (history.revision(op) > 0) {
                first = Math.min(first, history.revision(op));
            }
            if (history.revision(op) == FRESH && writes(history.operation(op))) {
                // Not etcd's own numbers, but a store may as well begin with revision 0.
                fresh = FRESH - 1;
            }
            operations += history.isFail(op) ? 0 : 1;
            remembers |= readsPast(history, op);
        }
        boolean isNew = first == Long.MAX_VALUE || first <= FRESH + operations;
        return new EtcdStore(isNew ? fresh : first - 1, remembers);
    }

    private static boolean writes(Operation operation) {
        Request request = Messages.request(operation);
        return operation.isOk()
                && Kinds.of(request, Messages.reply(operation, request)) == Kinds.WRITER;
    }

    /** Whether the operation asks for an older revision. */
    static boolean readsPast(History history, int op) {
        return switch (history.function(op)) {
            case "range", "txn" -> readsPast(history.value(history.argument(op)));
            default -> false;
        };
    }

    private static boolean readsPast(Value request) {
        return request instanceof Value.Mapping fields
                && (!fields.named("at").isNil()
                        || anyReadsPast(fields.named("then"))
                        || anyReadsPast(fields.named("else")));
    }

    private static boolean anyReadsPast(Value steps) {
        for (Value step : steps.elements()) {
            if (readsPast(step)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "etcd-kv";
    }

    @Override
    public Object initial() {
        return new Store(start, remembers);
    }

    @Override
    public Step<Object> step(Object state, Operation operation) {
        Request request = Messages.request(operation);
        if (request instanceof Request.Range range && range.serializable()) {
            return Step.next(state);
        }
        Reply reply = Messages.reply(operation, request);
        Store after = ((Store) state).copy();
        Mismatch mismatch = after.execute(request, reply, 0);
        if (operation.isOk() && !mismatch.isNone()) {
            return Step.refused(mismatch.why());
        }
        long told = operation.answer().revision();
        if (operation.isOk() && told > 0 && told != after.revision()) {
            return Step.refused(
                    "its revision is " + told + " while the store's is " + after.revision());
        }
        return Step.next(after);
    }

    @Override
    public boolean readOnly(Operation operation) {
        return Messages.request(operation) instanceof Request.Range;
    }
}
