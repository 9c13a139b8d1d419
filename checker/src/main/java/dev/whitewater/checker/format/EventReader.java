package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.Interner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;

import java.util.ArrayList;
import java.util.List;

/**
 * Histories of events as Jepsen writes them, in EDN or JSON, as one vector or one map after the
 * other: {@code {:process 0, :type :invoke, :f :read, :value nil}}. Keys it doesn't know are
 * skipped; so are events of processes that are no numbers, such as the nemesis. An event without a
 * process belongs to process 0.
 */
final class EventReader {
    private static final int UNKNOWN = -1;

    private final Tokens tokens;
    private final boolean independent;
    private final ValueIds ids;
    private final HistoryBuilder builder = new HistoryBuilder();
    private final Pairing pairing = new Pairing(builder);

    private final int typeKey;
    private final int functionKey;
    private final int processKey;
    private final int valueKey;
    private final int keyKey;
    private final int timeKey;
    private final int revisionKey;
    private final int[] known;
    private final int invoke;
    private final int[] outcomes = new int[Outcome.values().length];

    private final List<Integer> functionIds = new ArrayList<>();

    private int type;
    private int function;
    private int key;
    private int value;
    private long process;
    private long time;
    private long revision;
    private boolean client;

    /** Which of the known keys the event has shown, as bits. */
    private int seen;

    /**
     * @param independent whether every value that is a pair is a key and its value
     */
    EventReader(Tokens tokens, boolean independent) {
        this.tokens = tokens;
        this.independent = independent;
        this.ids = new ValueIds(tokens, new ValueReader(tokens), builder.values());
        Interner interner = tokens.interner();
        typeKey = interner.intern("type");
        functionKey = interner.intern("f");
        processKey = interner.intern("process");
        valueKey = interner.intern("value");
        keyKey = interner.intern("key");
        timeKey = interner.intern("time");
        revisionKey = interner.intern("revision");
        known =
                new int[] {
                    typeKey, functionKey, processKey, valueKey, keyKey, timeKey, revisionKey
                };
        invoke = interner.intern("invoke");
        for (Outcome outcome : Outcome.values()) {
            outcomes[outcome.code()] = interner.intern(outcome.word());
        }
    }

    /** The whole history. */
    History read() {
        boolean anything = false;
        while (tokens.next() != Token.END) {
            anything = true;
            switch (tokens.token()) {
                case OPEN_MAP -> event();
                case OPEN_VECTOR, OPEN_LIST -> events();
                case TAG -> {}
                default -> throw tokens.expected("a history: maps, or a vector of maps");
            }
        }
        if (!anything) {
            throw tokens.expected("a history: maps, or a vector of maps");
        }
        return builder.build();
    }

    private void events() {
        while (tokens.next() != Token.CLOSE) {
            if (tokens.token() == Token.TAG) {
                continue;
            }
            if (tokens.token() != Token.OPEN_MAP) {
                throw tokens.expected("an event, that is a map");
            }
            event();
        }
    }

    private void event() {
        int line = tokens.line();
        int column = tokens.column();
        type = UNKNOWN;
        function = UNKNOWN;
        key = Values.NIL;
        value = Values.NIL;
        process = 0;
        revision = 0;
        time = builder.events();
        client = true;
        seen = 0;
        while (tokens.next() != Token.CLOSE) {
            entry();
        }
        Pairing.Place place = new Pairing.Place(process, line, column);
        if (type == UNKNOWN) {
            throw tokens.expected("an event with a :type");
        }
        if (client) {
            accept(place);
        }
    }

    private void entry() {
        if (!tokens.token().isText()) {
            tokens.skipValue();
            tokens.next();
            tokens.skipValue();
            return;
        }
        int name = tokens.symbol();
        once(name);
        tokens.next();
        if (name == typeKey) {
            type = wordIn("a :type (:invoke, :ok, :fail or :info)");
            checkType();
        } else if (name == functionKey) {
            function = functionId();
        } else if (name == processKey) {
            process();
        } else if (name == valueKey) {
            value();
        } else if (name == keyKey) {
            key = ids.current();
        } else if (name == timeKey && tokens.token() == Token.LONG) {
            time = tokens.longValue();
        } else if (name == revisionKey && tokens.token() != Token.NIL) {
            revision = revision();
        } else {
            tokens.skipValue();
        }
    }

    /** A key that means something must not mean two things. */
    private void once(int name) {
        for (int i = 0; i < known.length; i++) {
            if (known[i] == name) {
                if ((seen & 1 << i) != 0) {
                    throw tokens.broken("every key of an event once", tokens.text() + " again");
                }
                seen |= 1 << i;
            }
        }
    }

    private long revision() {
        if (tokens.token() != Token.LONG) {
            throw tokens.expected("a revision, that is a number");
        }
        return tokens.longValue();
    }

    private int wordIn(String what) {
        if (!tokens.token().isText()) {
            throw tokens.expected(what);
        }
        return tokens.symbol();
    }

    private void checkType() {
        if (type != invoke && outcomeCode() == UNKNOWN) {
            throw tokens.expected("a :type (:invoke, :ok, :fail or :info)");
        }
    }

    private int outcomeCode() {
        for (Outcome outcome : Outcome.values()) {
            if (outcomes[outcome.code()] == type) {
                return outcome.code();
            }
        }
        return UNKNOWN;
    }

    private void process() {
        switch (tokens.token()) {
            case LONG -> process = tokens.longValue();
            case NIL -> process = 0;
            case KEYWORD, STRING, SYMBOL -> {
                if (tokens.looksLikeInteger()) {
                    throw tokens.expected("a process, that is a number of 64 bits or a name");
                }
                client = false;
            }
            default -> throw tokens.expected("a process, that is a number of 64 bits or a name");
        }
    }

    private int functionId() {
        int symbol = wordIn("an operation's name");
        while (functionIds.size() <= symbol) {
            functionIds.add(UNKNOWN);
        }
        if (functionIds.get(symbol) == UNKNOWN) {
            functionIds.set(symbol, builder.functionId(tokens.text()));
        }
        return functionIds.get(symbol);
    }

    private void accept(Pairing.Place place) {
        if (function == UNKNOWN) {
            function = builder.functionId("");
        }
        int who = ids.of(process);
        Pairing.Event event = new Pairing.Event(who, function, key, value, time, revision);
        if (type == invoke) {
            pairing.invoke(place, event);
        } else {
            pairing.complete(place, Outcome.of(outcomeCode()), event);
        }
    }

    /**
     * The event's value. A tuple of Jepsen's independent keys is a key and its value; so is every
     * pair, when the caller says so.
     */
    private void value() {
        boolean tuple = tokens.token() == Token.TAG && tokens.text().endsWith("independent/tuple");
        if (tuple) {
            tokens.next();
        }
        boolean sequence = tokens.token() == Token.OPEN_VECTOR || tokens.token() == Token.OPEN_LIST;
        if (!sequence || !(tuple || independent)) {
            value = ids.current();
            return;
        }
        tokens.next();
        key = ids.current();
        tokens.next();
        value = ids.current();
        if (tokens.next() != Token.CLOSE) {
            throw tokens.expected("the end of a pair of key and value");
        }
    }
}
