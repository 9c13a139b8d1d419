package dev.whitewater.checker.edn;

/**
 * Tokens of JSON (RFC 8259), one value after the other, so that JSON lines and a JSON array of
 * objects are read alike. Commas and colons are checked and not reported.
 */
public final class JsonScanner extends ByteScanner {
    private static final boolean[] DELIMITERS = delimiters(",:[]{}\"");

    private final int nil;
    private final int yes;
    private final int no;

    public JsonScanner(ByteSource source) {
        this(source, new Interner());
    }

    /** Shares an interner, so that ids mean the same over several files. */
    public JsonScanner(ByteSource source, Interner interner) {
        super(source, interner);
        nil = interner.intern("null");
        yes = interner.intern("true");
        no = interner.intern("false");
    }

    @Override
    public Token next() {
        int next = skipBlank();
        boolean inMap = brackets.innermost() == Token.OPEN_MAP;
        if (next == ']' || next == '}') {
            return closed((char) next, inMap);
        }
        if (brackets.depth() > 0 && next >= 0 && brackets.count() > 0) {
            separator(inMap && (brackets.count() & 1) == 1 ? ':' : ',');
            next = skipBlank();
        }
        startToken();
        if (next < 0) {
            return endOfInput();
        }
        if (inMap && (brackets.count() & 1) == 0 && next != '"') {
            throw brokenHere("a key in double quotes");
        }
        brackets.countValue();
        return value(next);
    }

    private Token value(int next) {
        return switch (next) {
            case '[' -> {
                skip();
                yield open(Token.OPEN_VECTOR, ']');
            }
            case '{' -> {
                skip();
                yield open(Token.OPEN_MAP, '}');
            }
            case '"' -> {
                skip();
                string();
                yield emit(Token.STRING);
            }
            default -> atom(next);
        };
    }

    private Token closed(char bracket, boolean inMap) {
        startToken();
        if (inMap && bracket == '}' && (brackets.count() & 1) == 1) {
            throw broken("a value for the last key of the object", "'}'");
        }
        skip();
        return close(bracket);
    }

    private void separator(char wanted) {
        startToken();
        if (peek() != wanted) {
            throw brokenHere("'" + wanted + "'");
        }
        skip();
    }

    private int skipBlank() {
        int next = peek();
        while (next >= 0 && next <= ' ') {
            skip();
            next = peek();
        }
        return next;
    }

    @Override
    boolean isNumberByName(String text) {
        return false;
    }

    private Token atom(int first) {
        if ((first >= '0' && first <= '9') || first == '-') {
            Token token = number(DELIMITERS);
            if (token == Token.SYMBOL && !Character.isDigit(text().charAt(text().length() - 1))) {
                throw broken("a number", quoted(text()));
            }
            return token;
        }
        if (DELIMITERS[first]) {
            throw brokenHere("a value");
        }
        word(DELIMITERS);
        int symbol = symbol();
        if (symbol == nil) {
            return emit(Token.NIL);
        }
        if (symbol == yes || symbol == no) {
            return emit(symbol == yes ? Token.TRUE : Token.FALSE);
        }
        throw broken("a JSON value", quoted(text()));
    }
}
