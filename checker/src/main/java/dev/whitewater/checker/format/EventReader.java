package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.format.EventWords.Who;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Histories of events as Jepsen writes them, in EDN or JSON, as one vector or one map after the
 * other: {@code {:process 0, :type :invoke, :f :read, :value nil}}. Keys it doesn't know are
 * skipped. So are events of processes that have names, such as the nemesis, whatever they hold;
 * where nobody has a number, those with names are the clients, but for the nemesis.
 */
final class EventReader {
    private static final int UNKNOWN = -1;

    /** A type beside {@link Outcome}'s codes. */
    private static final int INVOKE = 3;

    /** What a worker did beside its operations. */
    private static final int ASIDE = 4;

    private static final String A_TYPE = "a :type (:invoke, :ok, :fail or :info)";

    private final Tokens tokens;
    private final EventWords words;
    private final boolean independent;
    private final ValueIds ids;
    private final HistoryBuilder builder = new HistoryBuilder();
    private final Pairing pairing = new Pairing(builder);

    /** Per symbol the type that it names, and the function; 0 where that wasn't asked yet. */
    private byte[] types = new byte[64];

    private int[] functions = new int[64];

    /** Events of processes with names, in case that there are no others. */
    private final List<Named> named = new ArrayList<>();

    private final List<HistoryFormatException> broken = new ArrayList<>();
    private int type;
    private int function;
    private int key;
    private int value;
    private Who who;
    private long process;
    private int name;
    private long time;
    private long revision;
    private boolean nemesis;

    /** Which of the known keys the event has shown, as bits. */
    private int seen;

    /** What was broken in those. */
    private final List<HistoryFormatException> brokenNamed = new ArrayList<>();

    /** An event of a process with a name, its function still the scanner's symbol. */
    private record Named(Pairing.Place place, Pairing.Event event, int type) {}

    /**
     * @param independent whether every value that is a pair is a key and its value
     */
    EventReader(Tokens tokens, boolean independent) {
        this.tokens = tokens;
        this.words = new EventWords(tokens);
        this.independent = independent;
        this.ids = new ValueIds(tokens, new ValueReader(tokens), builder.values());
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
        if (builder.size() == 0) {
            acceptNamed();
        }
        return pairing.build();
    }

    private void acceptNamed() {
        if (!brokenNamed.isEmpty()) {
            throw brokenNamed.getFirst();
        }
        for (Named each : named) {
            Pairing.Event event = each.event();
            int known = functionId(event.function());
            pair(each.place(), event.of(known), each.type());
        }
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
        broken.clear();
        type = UNKNOWN;
        function = UNKNOWN;
        key = Values.NIL;
        value = Values.NIL;
        who = Who.NOBODY;
        process = 0;
        name = Values.NIL;
        nemesis = false;
        revision = 0;
        time = builder.events();
        seen = 0;
        while (tokens.next() != Token.CLOSE) {
            entry();
        }
        if (nemesis) {
            return;
        }
        if (type == UNKNOWN && broken.isEmpty()) {
            broken.add(tokens.expected("an event with a :type"));
        }
        accept(line, column);
    }

    private void entry() {
        int field = words.field();
        if (field == EventWords.OTHER) {
            tokens.skipValue();
            tokens.next();
            tokens.skipValue();
            return;
        }
        once(field);
        tokens.next();
        switch (field) {
            case EventWords.TYPE -> type();
            case EventWords.FUNCTION -> function();
            case EventWords.PROCESS -> process();
            case EventWords.VALUE -> value();
            case EventWords.KEY -> key = ids.current();
            case EventWords.REVISION -> revision();
            default -> {
                if (field == EventWords.TIME && tokens.token() == Token.LONG) {
                    time = tokens.longValue();
                }
                tokens.skipValue();
            }
        }
    }

    /** A key that means something must not mean two things. */
    private void once(int field) {
        if ((seen & 1 << field) != 0 && broken.isEmpty()) {
            broken.add(tokens.broken("every key of an event once", words.word() + " again"));
        }
        seen |= 1 << field;
    }

    /** Notes that this isn't what it should be, which matters if it is a client's event. */
    private void broken(String expected) {
        if (broken.isEmpty()) {
            broken.add(tokens.expected(expected));
        }
        tokens.skipValue();
    }

    private void revision() {
        if (tokens.token() == Token.LONG) {
            revision = tokens.longValue();
        } else if (tokens.token() != Token.NIL) {
            broken("a revision, that is a number");
        }
    }

    private void type() {
        if (!tokens.token().isText()) {
            broken(A_TYPE);
            return;
        }
        int symbol = tokens.symbol();
        if (symbol >= types.length) {
            types = Arrays.copyOf(types, symbol * 2);
        }
        if (types[symbol] == 0) {
            types[symbol] = (byte) (typeOf(words.word()) + 2);
        }
        type = types[symbol] - 2;
        if (type == UNKNOWN) {
            broken(A_TYPE);
        }
    }

    private static int typeOf(String word) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.word().equals(word)) {
                return outcome.code();
            }
        }
        return word.equals("invoke") ? INVOKE : EventWords.isAside(word) ? ASIDE : UNKNOWN;
    }

    private void function() {
        if (tokens.token().isText()) {
            function = tokens.symbol();
        } else if (tokens.token() != Token.NIL) {
            broken("an operation's name");
        }
    }

    private void process() {
        who = words.who();
        switch (who) {
            case NUMBER -> process = words.number();
            case NAME -> {
                nemesis = words.namesNemesis();
                name = ids.current();
                process = name;
            }
            case NOBODY -> {}
            case BROKEN -> broken(EventWords.A_PROCESS);
        }
    }

    /** The function's id. Only here, so that what is passed over leaves no function behind. */
    private int functionId(int symbol) {
        if (symbol == UNKNOWN) {
            return builder.functionId("");
        }
        if (symbol >= functions.length) {
            functions = Arrays.copyOf(functions, symbol * 2);
        }
        if (functions[symbol] == 0) {
            String text = EventWords.plain(tokens.interner().text(symbol));
            functions[symbol] = builder.functionId(text) + 1;
        }
        return functions[symbol] - 1;
    }

    private void accept(int line, int column) {
        Pairing.Place place = new Pairing.Place(who, process, line, column);
        if (who == Who.NAME) {
            acceptNamed(place);
            return;
        }
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
        if (type != ASIDE) {
            int client = who == Who.NUMBER ? ids.of(process) : Values.NIL;
            pair(place, content(client, functionId(function)), type);
        }
    }

    private void acceptNamed(Pairing.Place place) {
        if (builder.size() > 0 || type == ASIDE) {
            return;
        }
        if (broken.isEmpty()) {
            named.add(new Named(place, content(name, function), type));
        } else {
            brokenNamed.add(broken.getFirst());
        }
    }

    private Pairing.Event content(int client, int functionKnown) {
        return new Pairing.Event(client, functionKnown, key, value, time, revision);
    }

    private void pair(Pairing.Place place, Pairing.Event event, int eventType) {
        if (eventType == INVOKE) {
            pairing.invoke(place, event);
        } else {
            pairing.complete(place, Outcome.of(eventType), event);
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
        int[] pair = new int[2];
        int count = 0;
        while (tokens.next() != Token.CLOSE) {
            if (count < pair.length) {
                pair[count++] = ids.current();
            } else {
                broken("the end of a pair of key and value");
            }
        }
        if (count < pair.length && broken.isEmpty()) {
            broken.add(tokens.expected("a value"));
        }
        key = pair[0];
        value = pair[1];
    }
}
