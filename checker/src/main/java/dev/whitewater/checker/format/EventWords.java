package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The words of Jepsen's events, by the scanner's ids, so that comparing a word is comparing an int.
 * JSON has no keywords: some programs leave their colons away, others write {@code ":ok"}.
 */
public final class EventWords {
    /** A key that means nothing here. */
    public static final int OTHER = -1;

    public static final int TYPE = 0;
    public static final int FUNCTION = 1;
    public static final int PROCESS = 2;
    public static final int VALUE = 3;
    public static final int KEY = 4;
    public static final int TIME = 5;
    public static final int REVISION = 6;
    public static final int INDEX = 7;

    /** What a process must be, for errors. */
    public static final String A_PROCESS = "a process, that is a number of 64 bits or a name";

    private static final List<String> FIELDS =
            List.of("type", "f", "process", "value", "key", "time", "revision", "index");
    private static final double EXACT = 1L << 53;

    private final Tokens tokens;

    /** Per symbol the field that it names. */
    private final byte[] fields;

    private long number;

    public EventWords(Tokens tokens) {
        this.tokens = tokens;
        int[] symbols = FIELDS.stream().mapToInt(tokens.interner()::intern).toArray();
        int[] colons = FIELDS.stream().mapToInt(each -> intern(":" + each)).toArray();
        this.fields = new byte[Arrays.stream(colons).max().orElseThrow() + 1];
        Arrays.fill(fields, (byte) OTHER);
        for (int i = 0; i < symbols.length; i++) {
            fields[symbols[i]] = (byte) i;
            fields[colons[i]] = (byte) i;
        }
    }

    private int intern(String text) {
        return tokens.interner().intern(text);
    }

    /** The field that the current token names, or {@link #OTHER}. */
    public int field() {
        if (!tokens.token().isText()) {
            return OTHER;
        }
        int symbol = tokens.symbol();
        return symbol < fields.length ? fields[symbol] : OTHER;
    }

    /** The current token's text without a colon before it. */
    public String word() {
        return plain(tokens.text());
    }

    /** The same of any text. */
    static String plain(String text) {
        return text.length() > 1 && text.charAt(0) == ':' ? text.substring(1) : text;
    }

    /** Who acted. */
    public enum Who {
        /** A client with a {@link EventWords#number}. */
        NUMBER,
        /** Somebody with a name: the nemesis, or whoever does other things than operations. */
        NAME,
        /** It isn't said who. */
        NOBODY,
        /** No process can be written like this. */
        BROKEN
    }

    /** Who the current token, the value of {@link #PROCESS}, stands for. */
    public Who who() {
        Token token = tokens.token();
        if (token == Token.LONG) {
            number = tokens.longValue();
            return Who.NUMBER;
        }
        if (token == Token.DOUBLE) {
            number = (long) tokens.doubleValue();
            boolean exact = number == tokens.doubleValue() && Math.abs(number) < EXACT;
            return exact ? Who.NUMBER : Who.BROKEN;
        }
        if (token.isText()) {
            return tokens.looksLikeInteger() ? parsed(tokens.text()) : Who.NAME;
        }
        return token == Token.NIL ? Who.NOBODY : Who.BROKEN;
    }

    /** Programs write numbers as strings, and Clojure big ones with an N. */
    private Who parsed(String text) {
        try {
            number = Long.parseLong(text.replace("N", ""));
            return Who.NUMBER;
        } catch (NumberFormatException e) {
            return Who.BROKEN;
        }
    }

    /** The number of the process that {@link #who} found last. */
    public long number() {
        return number;
    }

    /** Whether the current token is the name of one that breaks things, and no client's. */
    boolean namesNemesis() {
        return tokens.text().toLowerCase(Locale.ROOT).contains("nemesis");
    }

    /** Whether a type is of what a worker does beside its operations. */
    public static boolean isAside(String type) {
        return type.equals("sleep") || type.equals("log");
    }
}
