package dev.whitewater.checker.edn;

/**
 * A stream of tokens pulled one by one, from EDN or from JSON. Texts are interned while reading:
 * comparing {@link #symbol()} with an id known beforehand costs no allocation, which is what makes
 * a million-line history cheap to read. Structure (brackets match, maps have even length, commas
 * and colons in JSON) is checked by the stream itself.
 */
public interface Tokens {
    /** Moves to the next token and returns it; {@link Token#END} for ever after the last. */
    Token next();

    /** The token that {@link #next()} returned last. */
    Token token();

    /** The value of a {@link Token#LONG}. */
    long longValue();

    /** The value of a {@link Token#DOUBLE} or a {@link Token#LONG}. */
    double doubleValue();

    /** The id, in {@link #interner()}, of a text token's characters (a keyword's without colon). */
    int symbol();

    /** The characters of a text token. */
    default String text() {
        return interner().text(symbol());
    }

    Interner interner();

    /** Line of the current token, from 1. */
    int line();

    /** Column of the current token in bytes, from 1. */
    int column();

    /** An error at the current token that says what was found by itself. */
    HistoryFormatException expected(String what);

    /**
     * Whether a text token is written as an integer is: what doesn't fit into 64 bits is a symbol,
     * and programs write numbers as strings.
     */
    default boolean looksLikeInteger() {
        return token().isText() && text().matches("[-+]?[0-9]+N?");
    }

    /** An error at the current token. */
    default HistoryFormatException broken(String what, String got) {
        return new HistoryFormatException(line(), column(), what, got);
    }

    /** Having read the first token of a value, reads the rest of it and forgets it. */
    default void skipValue() {
        int depth = 0;
        while (true) {
            Token token = token();
            if (token == Token.END) {
                throw expected("a value");
            }
            if (token.opens()) {
                depth++;
            } else if (token == Token.CLOSE) {
                depth--;
            }
            if (depth <= 0 && token != Token.TAG) {
                return;
            }
            next();
        }
    }
}
