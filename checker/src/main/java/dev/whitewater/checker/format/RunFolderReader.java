package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.Interner;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

/**
 * {@code history.jsonl} of a run folder: one client operation per line, with its whole life. Real
 * time is the order of the run's events where the line tells it, else virtual time. Nothing of a
 * line is kept but its columns and what it asked for and was told.
 */
final class RunFolderReader {
    private static final Value EMPTY = Value.text("");
    private static final Value NO_COUNT = Value.text("0");
    private static final Value FALSE = Value.text("false");

    private final JsonScanner tokens;
    private final HistoryBuilder builder = new HistoryBuilder();
    private final ValueIds ids;
    private final TokenPacker packing;
    private final RunFolderLine line = new RunFolderLine(builder.values());
    private final EtcdLine whole = new EtcdLine(line, builder.values());

    /** Places of a line's fields by the scanner's ids of their names. */
    private final int[] places;

    RunFolderReader(JsonScanner tokens) {
        this.tokens = tokens;
        this.ids = new ValueIds(tokens, new ValueReader(tokens), builder.values());
        this.packing = new TokenPacker(tokens, ids, builder.values(), line.packer());
        Interner interner = tokens.interner();
        int[] symbols = new int[RunFolderLine.NAMES.size()];
        for (int place = 0; place < symbols.length; place++) {
            symbols[place] = interner.intern(RunFolderLine.NAMES.get(place));
        }
        this.places = new int[interner.size()];
        for (int place = 0; place < symbols.length; place++) {
            places[symbols[place]] = place + 1;
        }
    }

    History read() {
        while (tokens.next() != Token.END) {
            if (tokens.token() != Token.OPEN_MAP) {
                throw tokens.expected("an operation, that is an object");
            }
            line.begin(tokens.line());
            while (tokens.next() != Token.CLOSE) {
                field();
            }
            add();
        }
        return builder.build();
    }

    private void field() {
        int symbol = tokens.symbol();
        int place = symbol < places.length ? places[symbol] - 1 : -1;
        int name = place < 0 ? ids.current() : Values.NIL;
        tokens.next();
        if (place >= 0 && RunFolderLine.isIgnored(place)) {
            tokens.skipValue();
            return;
        }
        int start = line.packer().position();
        packing.current();
        if (place < 0) {
            line.ask(name, start);
        } else {
            line.set(place, start);
        }
    }

    private void add() {
        String error = EtcdLine.error(line.get(RunFolderLine.ERROR));
        Outcome outcome = error.isEmpty() ? outcome() : Outcome.OK;
        String kind = line.word(RunFolderLine.KIND);
        boolean many = whole.isOne(kind);
        int key = line.keyId();
        if (!many && key == Values.NIL) {
            line.word(RunFolderLine.KEY);
        }
        HistoryBuilder.Called called =
                many
                        ? new HistoryBuilder.Called(
                                client(),
                                builder.functionId(whole.function(kind)),
                                kind.equals("cas") ? Values.NIL : key,
                                whole.argument(kind))
                        : called(kind, key);
        int output = Values.NIL;
        if (!error.isEmpty()) {
            output = builder.values().idOf(EtcdLine.failed(error));
        } else if (outcome == Outcome.OK) {
            output = many ? whole.result(kind) : result(kind);
        }
        Interval interval = interval(outcome);
        builder.add(called, outcome, output, interval);
        if (line.isNumber(RunFolderLine.REVISION)) {
            builder.revision(builder.size() - 1, line.number(RunFolderLine.REVISION));
        }
    }

    private int client() {
        return ids.of(line.number(RunFolderLine.CLIENT));
    }

    private HistoryBuilder.Called called(String kind, int key) {
        Values values = builder.values();
        String function = kind;
        int argument = Values.NIL;
        switch (kind) {
            case "get" -> {
                if (line.get(RunFolderLine.SERIALIZABLE).equals(new Value.Bool(true))) {
                    function = "get-serializable";
                }
            }
            case "put" -> argument = line.idOf(RunFolderLine.VALUE);
            case "delete" -> {}
            case "cas" -> {
                Value expected = known(line.get(RunFolderLine.EXPECTED));
                argument = values.idOf(Value.sequence(expected, line.get(RunFolderLine.VALUE)));
            }
            default -> throw line.error("\"kind\" to be " + EtcdLine.KINDS, '"' + kind + '"');
        }
        return new HistoryBuilder.Called(client(), builder.functionId(function), key, argument);
    }

    /** A key that was absent may be written as an empty text. */
    private static Value known(Value value) {
        return value.equals(EMPTY) ? Value.NIL : value;
    }

    /** Counts and truths may be written as texts. */
    private int result(String kind) {
        Value written = line.get(RunFolderLine.RESULT);
        Value result = written;
        if (written instanceof Value.Text) {
            result =
                    switch (kind) {
                        case "delete" -> Value.of(written.equals(NO_COUNT) ? 0 : 1);
                        case "cas" -> new Value.Bool(!written.equals(FALSE));
                        case "put" -> Value.NIL;
                        default -> known(written);
                    };
        }
        return builder.values().idOf(result);
    }

    private Outcome outcome() {
        String outcome = line.word(RunFolderLine.OUTCOME);
        return switch (outcome) {
            case "ok" -> Outcome.OK;
            case "refused" -> Outcome.FAIL;
            case "unknown" -> Outcome.INFO;
            default ->
                    throw line.error(
                            "\"outcome\" to be ok, refused or unknown", '"' + outcome + '"');
        };
    }

    private Interval interval(Outcome outcome) {
        boolean events = line.isNumber(RunFolderLine.INVOKE_EVENT);
        long invoke = line.number(events ? RunFolderLine.INVOKE_EVENT : RunFolderLine.INVOKE);
        int end = events ? RunFolderLine.RETURN_EVENT : RunFolderLine.RETURN;
        if (outcome == Outcome.INFO || line.isNil(end)) {
            return Interval.openSince(invoke);
        }
        long complete = line.number(end);
        if (complete < invoke) {
            throw line.error("a return after the call at " + invoke, Long.toString(complete));
        }
        return new Interval(invoke, complete);
    }
}
