package dev.whitewater.checker.format;

import dev.whitewater.checker.contract.Change;
import dev.whitewater.checker.contract.LeaseContract;
import dev.whitewater.checker.contract.Watch;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what was seen of watches, leases and locks: JSON objects, one per line, each with a {@code
 * kind}. The changes that really happened are told by {@code change}, in any order.
 */
public final class ContractReader {
    private static final String KINDS =
            "\"kind\" to be change, watch, told, progress, compacted, quiet, granted, kept,"
                    + " revoked, expired, holding or clocks";

    private final JsonScanner tokens;
    private final List<Change> truth = new ArrayList<>();
    private final Map<String, Open> watches = new LinkedHashMap<>();
    private final List<LeaseContract.Event> leases = new ArrayList<>();
    private final List<LeaseContract.Holding> holdings = new ArrayList<>();
    private LeaseContract.Tolerance tolerance = new LeaseContract.Tolerance(0, 0);
    private long end;
    private int records;

    private ContractReader(ByteSource source) {
        this.tokens = new JsonScanner(source);
    }

    /**
     * Reads a whole file.
     *
     * @throws HistoryFormatException if it isn't one of contracts
     */
    public static ContractHistory read(ByteSource source) {
        return new ContractReader(source).read();
    }

    /** Whether a file with this head is one for this reader. */
    public static boolean fits(FileHead head) {
        int lineEnd = head.start().indexOf('\n');
        String line = lineEnd < 0 ? head.start() : head.start().substring(0, lineEnd);
        return line.matches(
                "\\s*\\{\\s*\"kind\"\\s*:\\s*\"(change|watch|told|progress|compacted|quiet|granted"
                        + "|kept|revoked|expired|holding|clocks)\".*\\s*");
    }

    private ContractHistory read() {
        ValueReader values = new ValueReader(tokens);
        while (tokens.next() != Token.END) {
            if (tokens.token() != Token.OPEN_MAP) {
                throw tokens.expected("an object with a \"kind\"");
            }
            int line = tokens.line();
            int column = tokens.column();
            records++;
            accept(new Line((Value.Mapping) values.current(), line, column));
        }
        if (records == 0) {
            throw tokens.expected("an object with a \"kind\"");
        }
        truth.sort((a, b) -> Long.compare(a.revision(), b.revision()));
        List<ContractHistory.Watched> closed = watches.values().stream().map(Open::close).toList();
        return new ContractHistory(records, truth, closed, leases, holdings, tolerance, end);
    }

    private void accept(Line line) {
        switch (line.text("kind")) {
            case "change" -> truth.add(line.change(line.object()));
            case "watch" -> watches.put(line.name("watch"), new Open(line));
            case "told" -> watch(line).add(line.told());
            case "progress" ->
                    watch(line).add(new Watch.Response.Progress(line.number("revision")));
            case "compacted" ->
                    watch(line).add(new Watch.Response.Compacted(line.number("revision")));
            case "quiet" -> watch(line).toldUpTo = line.number("revision");
            case "granted" -> {
                long at = until(line.number("at"));
                leases.add(
                        new LeaseContract.Event.Granted(
                                line.number("lease"), at, line.number("ttl")));
            }
            case "kept" -> {
                long at = until(line.number("sent"));
                leases.add(
                        new LeaseContract.Event.Kept(line.number("lease"), at, line.number("ttl")));
            }
            case "revoked" ->
                    leases.add(
                            new LeaseContract.Event.Revoked(
                                    line.number("lease"), until(line.number("at"))));
            case "expired" ->
                    leases.add(
                            new LeaseContract.Event.Expired(
                                    line.number("lease"), until(line.number("at"))));
            case "holding" -> holdings.add(line.holding());
            case "clocks" -> {
                tolerance = new LeaseContract.Tolerance(line.number("drift"), line.number("slack"));
                end = Math.max(end, line.number("end"));
            }
            default -> throw line.error(KINDS, line.object().named("kind").toString());
        }
    }

    /** The recording goes on at least until this happened. */
    private long until(long time) {
        end = Math.max(end, time);
        return time;
    }

    private Open watch(Line line) {
        String name = line.name("watch");
        Open open = watches.get(name);
        if (open == null) {
            throw line.error("a watch that was opened before", name);
        }
        return open;
    }

    /** A watch and what it has been told so far. */
    private static final class Open {
        private final Line opened;
        private final List<Watch.Response> responses = new ArrayList<>();
        private long toldUpTo = ContractHistory.NOT_QUIET;

        Open(Line opened) {
            this.opened = opened;
        }

        void add(Watch.Response response) {
            responses.add(response);
        }

        ContractHistory.Watched close() {
            Watch watch =
                    new Watch(
                            opened.text("from"),
                            opened.textOr("to", ""),
                            opened.number("start"),
                            opened.truthOr("puts", true),
                            opened.truthOr("deletes", true),
                            opened.truthOr("previous", false),
                            responses);
            return new ContractHistory.Watched(opened.name("watch"), watch, toldUpTo);
        }
    }

    /** One object, with errors that say where it is. */
    private record Line(Value.Mapping object, int line, int column) {

        String text(String field) {
            if (object.named(field) instanceof Value.Text(String text)) {
                return text;
            }
            throw error('"' + field + "\" with a text", object.named(field).toString());
        }

        String textOr(String field, String otherwise) {
            return object.named(field).isNil() ? otherwise : text(field);
        }

        /** A text or a number by which things are told apart. */
        String name(String field) {
            return object.named(field) instanceof Value.Int(long number)
                    ? Long.toString(number)
                    : text(field);
        }

        long number(String field) {
            return number(object, field);
        }

        private long number(Value.Mapping of, String field) {
            if (of.named(field) instanceof Value.Int(long number)) {
                return number;
            }
            throw error('"' + field + "\" with a whole number", of.named(field).toString());
        }

        boolean truthOr(String field, boolean otherwise) {
            return object.named(field) instanceof Value.Bool(boolean truth) ? truth : otherwise;
        }

        Change change(Value.Mapping told) {
            if (!(told.named("key") instanceof Value.Text(String key))) {
                throw error("\"key\" with a text", told.named("key").toString());
            }
            long revision = number(told, "revision");
            return new Change(revision, key, told.named("value"), told.named("previous"));
        }

        Watch.Response told() {
            List<Change> changes = new ArrayList<>();
            for (Value each : object.named("changes").elements()) {
                if (!(each instanceof Value.Mapping told)) {
                    throw error("\"changes\" with a list of objects", each.toString());
                }
                changes.add(change(told));
            }
            return new Watch.Response.Changes(changes, truthOr("more", false));
        }

        LeaseContract.Holding holding() {
            return new LeaseContract.Holding(
                    name("lock"), name("owner"), number("token"), number("from"), number("to"));
        }

        HistoryFormatException error(String expected, String got) {
            return new HistoryFormatException(line, column, expected, got);
        }
    }
}
