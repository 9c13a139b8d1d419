package dev.whitewater.checker.elle;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.EdnScanner;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.format.EventWords;
import dev.whitewater.checker.format.EventWords.Who;
import dev.whitewater.checker.format.FileHead;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads transactions as Jepsen writes them: maps with {@code :type}, {@code :process} and {@code
 * :value}, one after the other or in one vector, in EDN or JSON; a value is a list of {@code [:r
 * key value]}, {@code [:append key element]} and {@code [:w key value]}. Events of processes that
 * aren't numbers (the nemesis) are passed over, whatever they hold. Goes through the file once and
 * keeps nothing of it but the columns.
 */
public final class HistoryReader {
    private static final Pattern REGISTER_WRITE = Pattern.compile("\\[\\s*(:w|\"w\")[\\s,]");
    private static final String OPERATIONS = "a list of [f key value] operations";

    private static final String AN_INDEX = "an :index, that is a number from 0";

    /** What libraries write that give an operation its index later. */
    private static final int NOT_YET = -1;

    private final Tokens tokens;
    private final EventWords words;
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

    /** Whether it tells what a worker did beside its operations. */
    private boolean aside;

    private Who who = Who.NOBODY;

    /** Which of the keys that mean something the event has shown, as bits. */
    private int seen;

    private long process;
    private long index;
    private long revision;

    private HistoryReader(Tokens tokens, Workload workload) {
        this.tokens = tokens;
        this.words = new EventWords(tokens);
        this.workload = workload;
        this.builder = new HistoryBuilder(workload);
        this.names = new Names(tokens, workload);
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
        aside = false;
        who = Who.NOBODY;
        seen = 0;
        process = 0;
        index = NOT_YET;
        revision = TransactionHistory.NO_REVISION;
        kinds.clear();
        keys.clear();
        values.clear();
        elements.clear();
        while (tokens.next() != Token.CLOSE) {
            field(words.field());
        }
        if (who == Who.NAME || aside) {
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
        switch (name) {
            case EventWords.TYPE -> type();
            case EventWords.PROCESS -> process();
            case EventWords.INDEX -> index(token);
            case EventWords.VALUE -> operations();
            case EventWords.REVISION -> {
                if (token != Token.NIL) {
                    revision = number("a :revision, that is a number");
                }
            }
            default -> tokens.skipValue();
        }
    }

    /** A key that means something must not mean two things. */
    private void once(int name) {
        int bit = name == EventWords.OTHER ? 0 : 1 << name;
        if ((seen & bit) != 0 && broken.isEmpty()) {
            broken.add(tokens.broken("every key of an event once", words.word() + " again"));
        }
        seen |= bit;
    }

    private void type() {
        int code = names.type();
        typed = code >= 0;
        if (typed) {
            type = OpType.of((byte) code);
        } else if (tokens.token().isText()) {
            aside = EventWords.isAside(words.word());
        }
        tokens.skipValue();
    }

    private void process() {
        who = words.who();
        process = words.number();
        if (who == Who.BROKEN) {
            broken(EventWords.A_PROCESS);
            tokens.skipValue();
        }
    }

    private void index(Token token) {
        if (token == Token.NIL) {
            return;
        }
        index = number(AN_INDEX);
        if (index < NOT_YET) {
            broken(AN_INDEX);
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
        nextValue();
        int kind = names.operation();
        if (kind < 0) {
            broken(workload == Workload.LIST_APPEND ? ":r or :append" : ":r or :w");
            skipRest();
            return;
        }
        Token token = nextValue();
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
        if (who == Who.NOBODY) {
            builder.beginAnonymous(eventType, index);
        } else {
            builder.begin(eventType, process, index);
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

    /** Types and micro-operations by the scanner's symbols, as keywords or with their colons. */
    private static final class Names {
        private static final int UNKNOWN = -1;

        private final Tokens tokens;
        private byte[] types = {};
        private byte[] operations = {};

        Names(Tokens tokens, Workload workload) {
            this.tokens = tokens;
            for (OpType each : OpType.values()) {
                types = with(types, each.label(), each.code());
            }
            boolean lists = workload == Workload.LIST_APPEND;
            operations = with(operations, "r", TransactionHistory.READ);
            operations = with(operations, lists ? "append" : "w", TransactionHistory.WRITE);
        }

        private byte[] with(byte[] known, String word, byte code) {
            byte[] result = known;
            for (String each : List.of(word, ":" + word)) {
                int symbol = tokens.interner().intern(each);
                int before = result.length;
                if (symbol >= before) {
                    result = Arrays.copyOf(result, symbol + 1);
                    Arrays.fill(result, before, symbol, (byte) UNKNOWN);
                }
                result[symbol] = code;
            }
            return result;
        }

        /** The code of the type that the current token names, or negative. */
        private int type() {
            return code(types);
        }

        /** Whether the current token names a read or a write, or negative for neither. */
        private int operation() {
            return code(operations);
        }

        private int code(byte[] known) {
            boolean told = tokens.token().isText() && tokens.symbol() < known.length;
            return told ? known[tokens.symbol()] : UNKNOWN;
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
