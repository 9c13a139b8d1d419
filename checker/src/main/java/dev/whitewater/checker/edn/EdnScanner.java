package dev.whitewater.checker.edn;

import java.util.regex.Pattern;

/**
 * Tokens of EDN (github.com/edn-format/edn): what Jepsen writes its histories in. Comments and
 * discarded values are skipped; a tag is reported as {@link Token#TAG} before the value it marks.
 * What Clojure prints although EDN has no such thing (patterns, variables, objects of old versions,
 * numbers in hexadecimal, ratios, brackets as characters) is read as a symbol or a string.
 */
public final class EdnScanner extends ByteScanner {
    private static final boolean[] DELIMITERS = delimiters(",()[]{}\";");
    private static final Pattern NAMED_NUMBER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+N?|[0-9]+/[0-9]+|[0-9]{1,2}[rR][0-9a-zA-Z]+)");

    /** How many values are being discarded one for the other. */
    private int discarding;

    private final int nil;
    private final int yes;
    private final int no;

    public EdnScanner(ByteSource source) {
        this(source, new Interner());
    }

    /** Shares an interner, so that ids mean the same over several files. */
    public EdnScanner(ByteSource source, Interner interner) {
        super(source, interner);
        nil = interner.intern("nil");
        yes = interner.intern("true");
        no = interner.intern("false");
    }

    @Override
    public Token next() {
        while (true) {
            int next = skipBlank();
            startToken();
            if (next != '#') {
                return plain(next);
            }
            skip();
            if (peek() != '_') {
                return dispatch();
            }
            skip();
            discard();
        }
    }

    private Token plain(int next) {
        return switch (next) {
            case -1 -> endOfInput();
            case '[' -> opened(Token.OPEN_VECTOR, ']');
            case '(' -> opened(Token.OPEN_LIST, ')');
            case '{' -> opened(Token.OPEN_MAP, '}');
            case ']', ')', '}' -> closed((char) next);
            case '"' -> {
                skip();
                string();
                yield value(Token.STRING);
            }
            case ':' -> {
                skip();
                word(DELIMITERS);
                yield value(Token.KEYWORD);
            }
            case '\\' -> {
                skip();
                character();
                yield value(Token.CHARACTER);
            }
            default -> atom(next);
        };
    }

    private int skipBlank() {
        while (true) {
            int next = peek();
            if (next == ';') {
                while (next >= 0 && next != '\n') {
                    skip();
                    next = peek();
                }
            } else if (next < 0 || (next > ' ' && next != ',')) {
                return next;
            } else {
                skip();
            }
        }
    }

    private Token value(Token token) {
        brackets.countValue();
        return emit(token);
    }

    private Token opened(Token token, char closes) {
        skip();
        brackets.countValue();
        return open(token, closes);
    }

    private Token closed(char bracket) {
        if (bracket == '}'
                && brackets.innermost() == Token.OPEN_MAP
                && (brackets.count() & 1) == 1) {
            throw broken("a value for the last key of the map", "'}'");
        }
        skip();
        return close(bracket);
    }

    private void character() {
        if (peek() < 0) {
            throw brokenHere("a character");
        }
        if (DELIMITERS[peek()]) {
            single();
        } else {
            word(DELIMITERS);
        }
    }

    /** What a '#' begins that was taken, and isn't a discarded value. */
    private Token dispatch() {
        int next = peek();
        if (next == '{') {
            return opened(Token.OPEN_SET, '}');
        }
        if (next == '#') {
            skip();
            return named();
        }
        if (next == '"') {
            skip();
            pattern();
            return value(Token.STRING);
        }
        if (next == '<') {
            angled();
            return value(Token.SYMBOL);
        }
        if (next == '\'') {
            word(DELIMITERS);
            return value(Token.SYMBOL);
        }
        if (next < 0 || DELIMITERS[next]) {
            throw brokenHere("a set, a tag or a discarded value after '#'");
        }
        word(DELIMITERS);
        return tag();
    }

    private Token named() {
        word(DELIMITERS);
        brackets.countValue();
        return switch (text()) {
            case "NaN" -> named(Double.NaN);
            case "Inf" -> named(Double.POSITIVE_INFINITY);
            case "-Inf" -> named(Double.NEGATIVE_INFINITY);
            default -> throw broken("##NaN, ##Inf or ##-Inf", quoted("##" + text()));
        };
    }

    private void discard() {
        if (++discarding > Brackets.DEPTH_MAX) {
            throw broken("at most " + Brackets.DEPTH_MAX + " values discarded at once", "one more");
        }
        Token first = next();
        if (first == Token.CLOSE || first == Token.END) {
            throw expected("a value to discard");
        }
        skipValue();
        brackets.uncountValue();
        discarding--;
    }

    @Override
    boolean isNumberByName(String text) {
        return NAMED_NUMBER.matcher(text).matches();
    }

    private Token atom(int first) {
        if ((first >= '0' && first <= '9') || first == '-' || first == '+') {
            brackets.countValue();
            return number(DELIMITERS);
        }
        word(DELIMITERS);
        int symbol = symbol();
        if (symbol == nil) {
            return value(Token.NIL);
        }
        if (symbol == yes || symbol == no) {
            return value(symbol == yes ? Token.TRUE : Token.FALSE);
        }
        return value(Token.SYMBOL);
    }
}
