package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * The compact form of histories: every value once, then one event after the other in real time, all
 * numbers as varints.
 *
 * <pre>
 * "WWH2"
 * count of values, values (a tag and its content, see {@link BinaryValues} and {@link BinaryPacked})
 * count of functions, their names
 * events: 1 call      client function key argument time
 *         2+outcome   operation output revision time
 *         0 end
 * </pre>
 *
 * Times are the difference to the event before (zigzag).
 */
public final class BinaryForm {
    private static final byte[] MAGIC = {'W', 'W', 'H', '2'};
    private static final int END = 0;
    private static final int CALL = 1;
    private static final int RETURN = 2;

    private BinaryForm() {}

    /** Writes a history; the caller closes the stream. */
    public static void write(History history, OutputStream stream) {
        BinaryOutput out = new BinaryOutput(stream);
        out.bytes(MAGIC);
        out.number(history.values().size());
        BinaryPacked.Writer packed = new BinaryPacked.Writer(out);
        for (int id = 0; id < history.values().size(); id++) {
            if (history.values().isPacked(id)) {
                out.number(BinaryValues.PACKED);
                history.values().visit(id, packed);
            } else {
                BinaryValues.write(out, history.value(id));
            }
        }
        out.number(history.functionNames().size());
        history.functionNames().forEach(out::text);
        int[] atEvent = events(history);
        long time = 0;
        for (int code : atEvent) {
            int op = code >>> 1;
            boolean call = (code & 1) == 0;
            long now = call ? history.invoked(op) : history.completed(op);
            out.number(call ? CALL : RETURN + history.outcome(op).code());
            if (call) {
                out.number(history.client(op));
                out.number(history.functionId(op));
                out.number(history.key(op));
                out.number(history.argument(op));
            } else {
                out.number(op);
                out.number(history.output(op));
                out.number(history.revision(op));
            }
            out.signed(now - time);
            time = now;
        }
        out.number(END);
        out.flush();
    }

    /** Operation and half of it (0 call, 1 return) per event. */
    static int[] events(History history) {
        long[] keyed = new long[2 * history.size()];
        int count = 0;
        for (int op = 0; op < history.size(); op++) {
            keyed[count++] = (long) history.call(op) << 32 | (long) op << 1;
            if (history.completion(op) != History.OPEN) {
                keyed[count++] = (long) history.completion(op) << 32 | (long) op << 1 | 1;
            }
        }
        Arrays.sort(keyed, 0, count);
        int[] events = new int[count];
        for (int i = 0; i < count; i++) {
            events[i] = (int) keyed[i];
        }
        return events;
    }

    /** Reads a history; columns in errors count bytes of the file. */
    public static History read(ByteSource source) {
        BinaryInput in = new BinaryInput(source);
        for (byte expected : MAGIC) {
            if (in.octet() != expected) {
                throw in.broken("a binary history, that starts with WWH2", "something else");
            }
        }
        HistoryBuilder builder = new HistoryBuilder();
        Ids ids = Ids.read(in, builder);
        long time = 0;
        while (true) {
            long code = in.number();
            if (code == END) {
                in.end();
                return builder.build();
            }
            time = event(in, builder, ids, (int) code, time);
        }
    }

    private static long event(
            BinaryInput in, HistoryBuilder builder, Ids ids, int code, long before) {
        if (code == CALL) {
            int client = ids.held(in, builder.values());
            int function = ids.function(in);
            int key = ids.held(in, builder.values());
            int argument = ids.value(in);
            long time = before + in.signed();
            builder.invokeIds(client, function, key, argument, time);
            return time;
        }
        if (code < RETURN || code > RETURN + Outcome.INFO.code()) {
            throw in.broken("an event's code from 0 to 4", Integer.toString(code));
        }
        int op = (int) in.below(builder.size(), "an operation that was called");
        if (builder.isComplete(op)) {
            throw in.broken("an operation that hasn't returned", Integer.toString(op));
        }
        int output = ids.value(in);
        long revision = in.number();
        long time = before + in.signed();
        Outcome outcome = Outcome.of(code - RETURN);
        builder.completeIds(op, outcome, output, time);
        builder.revision(op, revision);
        return time;
    }

    /** The file's numbers to the builder's. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Ids(int[] values, int[] functions) {
        private static final int BELIEVED = 1 << 16;

        static Ids read(BinaryInput in, HistoryBuilder builder) {
            return new Ids(values(in, builder.values()), functions(in, builder));
        }

        private static int[] values(BinaryInput in, Values table) {
            BinaryPacked.Reader packed = new BinaryPacked.Reader(in, table);
            int count = in.count("a number of values");
            int[] ids = {};
            for (int i = 0; i < count; i++) {
                ids = withRoom(ids, i, count);
                int tag = (int) in.below(BinaryValues.PACKED + 1L, "a value's tag from 0 to 12");
                ids[i] =
                        tag == BinaryValues.PACKED
                                ? packed.read(ids, i)
                                : table.idOf(BinaryValues.read(in, tag));
            }
            return ids;
        }

        private static int[] functions(BinaryInput in, HistoryBuilder builder) {
            int count = in.count("a number of functions");
            int[] ids = {};
            for (int i = 0; i < count; i++) {
                ids = withRoom(ids, i, count);
                ids[i] = builder.functionId(in.text());
            }
            return ids;
        }

        /** Grows as it is read, for a broken file may promise more than there is. */
        private static int[] withRoom(int[] ids, int used, int count) {
            return used < ids.length
                    ? ids
                    : Arrays.copyOf(ids, Math.min(count, Math.max(BELIEVED, 2 * used)));
        }

        /** The id of a value that is told apart from others by it. */
        int held(BinaryInput in, Values table) {
            int id = value(in);
            if (table.isPacked(id)) {
                throw in.broken("the number of a value that is not packed", "a packed one");
            }
            return id;
        }

        int value(BinaryInput in) {
            return values[(int) in.below(values.length, "the number of a value")];
        }

        int function(BinaryInput in) {
            return functions[(int) in.below(functions.length, "the number of a function")];
        }
    }
}
