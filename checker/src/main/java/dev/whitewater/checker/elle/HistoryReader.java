package dev.whitewater.checker.elle;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.EdnScanner;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.format.FileHead;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads transactions as Jepsen writes them: maps with {@code :type}, {@code :process} and {@code
 * :value}, one after the other or in one vector, in EDN or JSON; a value is a list of {@code [:r
 * key value]}, {@code [:append key element]} and {@code [:w key value]}. Events of processes that
 * aren't numbers (the nemesis) are passed over; one without a process belongs to process 0. Goes
 * through the file once and keeps nothing of it but the columns.
 */
public final class HistoryReader {
    private static final Pattern REGISTER_WRITE = Pattern.compile("\\[\\s*(:w|\"w\")[\\s,]");
    private static final String OPERATIONS = "a list of [f key value] operations";

    private final Tokens tokens;
    private final Workload workload;
    private final HistoryBuilder builder;
    private final Names names;
    private final Scalars scalars;
    private final IntList kinds = new IntList();
    private final IntList keys = new IntList();
    private final IntList values = new IntList();
    private final IntList elements = new IntList(1024);
    private final List<HistoryFormatException> broken = new ArrayList<>();
    private OpType type = OpType.INFO;
    private boolean typed;
    private boolean client;

    /** Which of the keys that mean something the event has shown, as bits. */
    private int seen;

    private long process;
    private long index;
    private long revision;

    private HistoryReader(Tokens tokens, Workload workload) {
        this.tokens = tokens;
        this.workload = workload;
        this.builder = new HistoryBuilder(workload);
        this.names = new Names(tokens);
        this.scalars = new Scalars(tokens, builder.values());
    }

    /**
     * Reads a history in EDN.
     *
     * @throws HistoryFormatException if it isn't a history of transactions
     */
    public static TransactionHistory edn(ByteSource source, Workload workload) {
        return new HistoryReader(new EdnScanner(source), workload).read();
    }

    /**
     * Reads a history in JSON.
     *
     * @throws HistoryFormatException if it isn't a history of transactions
     */
    public static TransactionHistory json(ByteSource source, Workload workload) {
        return new HistoryReader(new JsonScanner(source), workload).read();
    }

    /**
     * Reads the transactions of a run folder's {@code history.jsonl}, which is JSON lines too.
     *
     * @throws HistoryFormatException if it isn't one
     */
    public static TransactionHistory runFolder(ByteSource source, Workload workload) {
        return new RunFolderTransactions(new JsonScanner(source), workload).read();
    }

    /** The workload that a file's first bytes look like: lists, unless registers are written. */
    public static Workload guess(FileHead head) {
        boolean appends = head.start().contains("append");
        boolean writes = REGISTER_WRITE.matcher(head.start()).find();
        return writes && !appends ? Workload.RW_REGISTER : Workload.LIST_APPEND;
    }

    private TransactionHistory read() {
        boolean inside = false;
        boolean anything = false;
        while (true) {
            Token token = tokens.next();
            anything |= token != Token.END;
            switch (token) {
                case END -> {
                    if (!anything) {
                        throw tokens.expected("a history: maps, or a vector of maps");
                    }
                    return builder.build();
                }
                case OPEN_MAP -> event();
                case TAG -> {}
                case OPEN_VECTOR, OPEN_LIST -> {
                    if (inside) {
                        throw tokens.expected("a map");
                    }
                    inside = true;
                }
                case CLOSE -> inside = false;
                default -> throw tokens.expected("a map");
            }
        }
    }

    private void event() {
        typed = false;
        broken.clear();
        client = true;
        seen = 0;
        process = 0;
        index = -1;
        revision = TransactionHistory.NO_REVISION;
        kinds.clear();
        keys.clear();
        values.clear();
        elements.clear();
        while (tokens.next() != Token.CLOSE) {
            field(tokens.token().isText() ? tokens.symbol() : -1);
        }
        if (!client) {
            return;
        }
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
        if (!typed) {
            throw tokens.expected("a :type of :invoke, :ok, :fail or :info");
        }
        build(type);
    }

    private void field(int name) {
        once(name);
        Token token = nextValue();
        if (name == names.type && token.isText()) {
            Optional<OpType> known = names.opType(tokens.symbol());
            typed = known.isPresent();
            type = known.orElse(OpType.INFO);
        } else if (name == names.process && token != Token.NIL) {
            process(token);
        } else if (name == names.index && token != Token.NIL) {
            index = number("an :index, that is a number from 0");
            if (index < 0) {
                broken("an :index, that is a number from 0");
            }
        } else if (name == names.revision && token != Token.NIL) {
            revision = number("a :revision, that is a number");
        } else if (name == names.value) {
            operations();
        } else {
            tokens.skipValue();
        }
    }

    /** A key that means something must not mean two things. */
    private void once(int name) {
        int bit = names.bit(name);
        if ((seen & bit) != 0 && broken.isEmpty()) {
            broken.add(tokens.broken("every key of an event once", tokens.text() + " again"));
        }
        seen |= bit;
    }

    private void process(Token token) {
        String expected = "a :process, that is a number of 64 bits or a name";
        if (token.isText() && !tokens.looksLikeInteger()) {
            client = false;
        } else {
            process = number(expected);
        }
    }

    private long number(String what) {
        if (tokens.token() == Token.LONG) {
            return tokens.longValue();
        }
        broken(what);
        tokens.skipValue();
        return 0;
    }

    private void operations() {
        if (tokens.token() == Token.NIL) {
            return;
        }
        if (!isSequence(tokens.token())) {
            broken(OPERATIONS);
            tokens.skipValue();
            return;
        }
        while (nextValue() != Token.CLOSE) {
            if (isSequence(tokens.token())) {
                operation();
            } else {
                broken(OPERATIONS);
                tokens.skipValue();
            }
        }
    }

    private void operation() {
        Token token = nextValue();
        int kind = token.isText() ? names.operation(tokens.symbol(), workload) : -1;
        if (kind < 0) {
            broken(workload == Workload.LIST_APPEND ? ":r or :append" : ":r or :w");
            skipRest();
            return;
        }
        token = nextValue();
        if (token == Token.CLOSE) {
            broken("a key");
            return;
        }
        int key = scalars.id();
        token = nextValue();
        int value = Values.NIL;
        if (token == Token.CLOSE && kind == TransactionHistory.WRITE) {
            broken("what to write");
        } else if (token != Token.CLOSE && token != Token.NIL) {
            value = isListRead(kind) ? listRead(token) : scalars.id();
        }
        kinds.add(kind);
        keys.add(key);
        values.add(value);
        if (token != Token.CLOSE && tokens.next() != Token.CLOSE) {
            broken("the end of an [f key value] operation");
            skipRest();
        }
    }

    private boolean isListRead(int kind) {
        return kind == TransactionHistory.READ && workload == Workload.LIST_APPEND;
    }

    private int listRead(Token token) {
        if (isSequence(token)) {
            return list();
        }
        broken("a list");
        tokens.skipValue();
        return Values.NIL;
    }

    /** The next token that isn't a tag: what is tagged is taken as it is. */
    private Token nextValue() {
        Token token = tokens.next();
        while (token == Token.TAG) {
            token = tokens.next();
        }
        return token;
    }

    /** From a token within a sequence to the end of that sequence. */
    private void skipRest() {
        while (tokens.token() != Token.CLOSE) {
            tokens.skipValue();
            tokens.next();
        }
    }

    /** Reads a list's elements; its value is where they start. */
    private int list() {
        int start = elements.size();
        elements.add(0);
        Token token = nextValue();
        while (token != Token.CLOSE) {
            elements.add(scalars.id());
            token = nextValue();
        }
        elements.set(start, elements.size());
        return start;
    }

    private void build(OpType eventType) {
        if (index >= 0) {
            builder.begin(eventType, process, index);
        } else {
            builder.begin(eventType, process);
        }
        if (revision != TransactionHistory.NO_REVISION) {
            builder.revision(revision);
        }
        for (int i = 0; i < kinds.size(); i++) {
            int key = keys.get(i);
            int value = values.get(i);
            if (kinds.get(i) == TransactionHistory.WRITE) {
                builder.write(key, value);
            } else if (workload == Workload.LIST_APPEND && value != Values.NIL) {
                builder.readIds(key, elements.array(), value + 1, elements.get(value));
            } else {
                builder.read(key, value);
            }
        }
        builder.end();
    }

    private void broken(String expected) {
        if (broken.isEmpty()) {
            broken.add(tokens.expected(expected));
        }
    }

    private static boolean isSequence(Token token) {
        return token == Token.OPEN_VECTOR || token == Token.OPEN_LIST;
    }

    /** The ids of the words that matter, so that comparing a word is comparing an int. */
    private static final class Names {
        private final int type;
        private final int process;
        private final int value;
        private final int index;
        private final int revision;
        private final int read;
        private final int append;
        private final int write;
        private final Map<Integer, OpType> types = new TreeMap<>();

        Names(Tokens tokens) {
            type = tokens.interner().intern("type");
            process = tokens.interner().intern("process");
            value = tokens.interner().intern("value");
            index = tokens.interner().intern("index");
            revision = tokens.interner().intern("revision");
            read = tokens.interner().intern("r");
            append = tokens.interner().intern("append");
            write = tokens.interner().intern("w");
            for (OpType each : OpType.values()) {
                types.put(tokens.interner().intern(each.label()), each);
            }
        }

        /** A bit for each key that means something, 0 for all others. */
        private int bit(int name) {
            return name == type
                    ? 1
                    : name == process
                            ? 2
                            : name == value ? 4 : name == index ? 8 : name == revision ? 16 : 0;
        }

        private Optional<OpType> opType(int symbol) {
            return Optional.ofNullable(types.get(symbol));
        }

        private int operation(int symbol, Workload workload) {
            if (symbol == read) {
                return TransactionHistory.READ;
            }
            int writing = workload == Workload.LIST_APPEND ? append : write;
            return symbol == writing ? TransactionHistory.WRITE : -1;
        }
    }

    /** Keys and elements to the ids of {@link Values}. */
    private static final class Scalars {
        private static final int UNKNOWN = -2;
        private static final int[] NONE = {};

        private final Tokens tokens;
        private final Values values;
        private final ValueReader compound;
        private final Map<Token, int[]> ids = new EnumMap<>(Token.class);

        Scalars(Tokens tokens, Values values) {
            this.tokens = tokens;
            this.values = values;
            this.compound = new ValueReader(tokens);
        }

        /** The id of the current token's value. */
        private int id() {
            Token token = tokens.token();
            return switch (token) {
                case LONG -> values.of(tokens.longValue());
                case NIL -> Values.NIL;
                case TRUE -> values.of("true");
                case FALSE -> values.of("false");
                case DOUBLE -> values.of(Double.toString(tokens.doubleValue()));
                case KEYWORD, SYMBOL, STRING, CHARACTER -> text(token);
                case OPEN_VECTOR, OPEN_LIST, OPEN_MAP, OPEN_SET ->
                        values.of(compound.current().toString());
                case TAG, CLOSE, END -> throw tokens.expected("a value");
            };
        }

        private int text(Token kind) {
            int symbol = tokens.symbol();
            int[] known = ids.getOrDefault(kind, NONE);
            if (symbol >= known.length) {
                int length = known.length;
                known = Arrays.copyOf(known, Math.max(symbol + 1, length * 2));
                Arrays.fill(known, length, known.length, UNKNOWN);
                ids.put(kind, known);
            }
            if (known[symbol] == UNKNOWN) {
                known[symbol] = values.of(shown());
            }
            return known[symbol];
        }

        private String shown() {
            return switch (tokens.token()) {
                case KEYWORD -> ":" + tokens.text();
                case STRING -> "\"" + tokens.text() + "\"";
                case CHARACTER -> "\\" + tokens.text();
                default -> tokens.text();
            };
        }
    }
}
