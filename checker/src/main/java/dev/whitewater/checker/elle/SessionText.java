package dev.whitewater.checker.elle;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Committed transactions over registers as plain sessions, in one of two forms: {@code r KEY VALUE}
 * and {@code w KEY VALUE} lines with {@code -----} between transactions and {@code =====} between
 * sessions; or lines {@code w(KEY,VALUE,SESSION,TRANSACTION)}. No times, so only the order within a
 * session is known. A value 0 that nobody writes is the initial one.
 */
public final class SessionText {
    private static final String EXPECTED =
            "r KEY VALUE, w KEY VALUE, -----, ===== or r(KEY,VALUE,SESSION,TRANSACTION)";
    private static final Pattern PLAIN = Pattern.compile("([rw])\\s+(-?\\d+)\\s+(-?\\d+)");
    private static final Pattern TUPLE =
            Pattern.compile("([rw])\\(\\s*(-?\\d+),\\s*(-?\\d+),\\s*(\\d+),\\s*(\\d+)\\s*\\)");

    private final Map<Long, Map<Long, List<Operation>>> sessions = new TreeMap<>();
    private final Set<List<Long>> written = new TreeSet<>(SessionText::compare);
    private long session;
    private long transaction;

    private record Operation(boolean write, long key, long value) {}

    private SessionText() {}

    private static int compare(List<Long> a, List<Long> b) {
        int byKey = Long.compare(a.get(0), b.get(0));
        return byKey != 0 ? byKey : Long.compare(a.get(1), b.get(1));
    }

    /**
     * Reads a whole text.
     *
     * @throws HistoryFormatException if it is in neither form
     */
    public static TransactionHistory read(ByteSource source) {
        SessionText text = new SessionText();
        int number = 0;
        for (String line : all(source).split("\n", -1)) {
            number++;
            try {
                text.line(line.strip(), number);
            } catch (NumberFormatException e) {
                throw new HistoryFormatException(
                        number, 1, "numbers of 64 bits", '"' + line.strip() + '"');
            }
        }
        if (text.sessions.isEmpty()) {
            throw new HistoryFormatException(1, 1, EXPECTED, "the end of the file");
        }
        return text.history();
    }

    private static String all(ByteSource source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        for (int n = source.read(buffer, 0, buffer.length);
                n > 0;
                n = source.read(buffer, 0, buffer.length)) {
            bytes.write(buffer, 0, n);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void line(String line, int number) {
        Matcher plain = PLAIN.matcher(line);
        Matcher tuple = TUPLE.matcher(line);
        if (plain.matches()) {
            add(plain);
        } else if (tuple.matches()) {
            session = Long.parseLong(tuple.group(4));
            transaction = Long.parseLong(tuple.group(5));
            add(tuple);
        } else if (line.startsWith("---")) {
            transaction++;
        } else if (line.startsWith("===")) {
            session++;
            transaction = 0;
        } else if (!line.isEmpty()) {
            throw new HistoryFormatException(number, 1, EXPECTED, '"' + line + '"');
        }
    }

    private void add(Matcher operation) {
        boolean write = operation.group(1).equals("w");
        long key = Long.parseLong(operation.group(2));
        long value = Long.parseLong(operation.group(3));
        if (write) {
            written.add(List.of(key, value));
        }
        sessions.computeIfAbsent(session, s -> new TreeMap<>())
                .computeIfAbsent(transaction, t -> new ArrayList<>())
                .add(new Operation(write, key, value));
    }

    private TransactionHistory history() {
        HistoryBuilder history = new HistoryBuilder(Workload.RW_REGISTER);
        Values values = history.values();
        sessions.forEach(
                (process, transactions) ->
                        transactions.forEach(
                                (number, operations) -> {
                                    history.begin(OpType.OK, process);
                                    for (Operation op : operations) {
                                        int key = values.of(op.key());
                                        if (op.write()) {
                                            history.write(key, values.of(op.value()));
                                        } else {
                                            history.read(key, seen(values, op));
                                        }
                                    }
                                    history.end();
                                }));
        return history.build();
    }

    private int seen(Values values, Operation read) {
        boolean initial = read.value() == 0 && !written.contains(List.of(read.key(), read.value()));
        return initial ? Values.NIL : values.of(read.value());
    }
}
