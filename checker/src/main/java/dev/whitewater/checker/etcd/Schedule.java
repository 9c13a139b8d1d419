package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.RealTime;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/**
 * The answered operations in the order that their revisions tell: what made a revision before what
 * saw it, and those that saw the same in the order of their calls.
 */
final class Schedule {
    /** Bits of an operation's number, and of its kind. */
    private static final int OPERATION_BITS = 31;

    private static final int LOW_BITS = OPERATION_BITS + 2;

    /** Revisions are told apart up to this far from the first. */
    static final long SPAN_MAX = 1L << (Long.SIZE - 1 - LOW_BITS);

    private final long base;
    private long[] entries;
    private int size;

    private Schedule(History history, long base, Purse purse) {
        this.base = base;
        purse.take(8L * history.size());
        entries = new long[history.size()];
    }

    static Schedule of(History history, RealTime realTime, long base, Purse purse) {
        Schedule schedule = new Schedule(history, base, purse);
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (history.isOk(op)) {
                Kinds kind = kind(history, op);
                long told = history.revision(op);
                long revision = told > 0 ? told : Math.max(base, realTime.floor(op));
                schedule.add(op, kind, revision);
            }
        }
        Arrays.sort(schedule.entries, 0, schedule.size);
        purse.look();
        return schedule;
    }

    /** Looks into the operation only where its function doesn't tell. */
    private static Kinds kind(History history, int op) {
        return switch (history.function(op)) {
            case "get", "get-serializable", "range" -> Kinds.READER;
            case "put" -> Kinds.WRITER;
            default -> {
                Operation operation = history.operation(op);
                Request request = Messages.request(operation);
                yield Kinds.of(request, Messages.reply(operation, request));
            }
        };
    }

    private void add(int op, Kinds kind, long revision) {
        entries[size++] =
                (revision - base) << LOW_BITS | (long) kind.ordinal() << OPERATION_BITS | op;
    }

    int size() {
        return size;
    }

    int operation(int place) {
        return (int) (entries[place] & Integer.MAX_VALUE);
    }

    Kinds kind(int place) {
        return switch ((int) (entries[place] >>> OPERATION_BITS) & 3) {
            case 0 -> Kinds.WRITER;
            case 1 -> Kinds.PERHAPS;
            default -> Kinds.READER;
        };
    }

    long revision(int place) {
        return (entries[place] >>> LOW_BITS) + base;
    }
}
