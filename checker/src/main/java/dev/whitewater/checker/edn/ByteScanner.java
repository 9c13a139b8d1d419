package dev.whitewater.checker.edn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the two scanners share: a window over the bytes that slides as it is read (so that a file of
 * any size needs little memory), positions, brackets, numbers and string escapes.
 */
abstract class ByteScanner implements Tokens {
    private static final int WINDOW = 1 << 16;
    private static final int END_OF_INPUT = -1;

    private final ByteSource source;
    private final Interner interner;
    private byte[] window = new byte[WINDOW];
    private int position;
    private int limit;
    private int mark = -1;
    private long consumed;
    private long lineStart;
    private int line = 1;

    private Token token = Token.NIL;
    private int tokenLine = 1;
    private int tokenColumn = 1;
    private int symbol;
    private long number;
    private double fraction;
    private String found = "";

    private byte[] scratch = new byte[64];
    private int scratchLength;

    final Brackets brackets = new Brackets();

    /** Tags between the last other token and here. */
    private int tagsBefore;

    ByteScanner(ByteSource source, Interner interner) {
        this.source = source;
        this.interner = interner;
    }

    // ---- what a reader sees

    @Override
    public final Token token() {
        return token;
    }

    @Override
    public final long longValue() {
        return number;
    }

    @Override
    public final double doubleValue() {
        return token == Token.LONG ? number : fraction;
    }

    @Override
    public final int symbol() {
        return symbol;
    }

    @Override
    public final Interner interner() {
        return interner;
    }

    @Override
    public final int line() {
        return tokenLine;
    }

    @Override
    public final int column() {
        return tokenColumn;
    }

    @Override
    public final HistoryFormatException expected(String what) {
        String got =
                switch (token) {
                    case STRING, KEYWORD, SYMBOL, CHARACTER -> token.words() + " " + quoted(text());
                    case LONG -> "the number " + number;
                    case DOUBLE -> "the number " + fraction;
                    case CLOSE -> found.isEmpty() ? token.words() : "'" + found + "'";
                    default -> token.words();
                };
        return new HistoryFormatException(tokenLine, tokenColumn, what, got);
    }

    // ---- bytes

    /** The next byte without taking it, or -1. */
    final int peek() {
        return position < limit || fill() ? window[position] & 0xff : END_OF_INPUT;
    }

    /** Takes the byte that {@link #peek()} saw. */
    final void skip() {
        if (window[position] == '\n') {
            line++;
            lineStart = consumed + position + 1;
        }
        position++;
    }

    private boolean fill() {
        if (mark > 0) {
            slideTo(mark);
            mark = 0;
        } else if (mark < 0) {
            slideTo(position);
        }
        if (limit == window.length) {
            window = Arrays.copyOf(window, window.length * 2);
        }
        int count = source.read(window, limit, window.length - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        return true;
    }

    private void slideTo(int start) {
        System.arraycopy(window, start, window, 0, limit - start);
        consumed += start;
        limit -= start;
        position -= start;
    }

    /** Remembers where the coming token starts. */
    final void startToken() {
        tokenLine = line;
        tokenColumn = (int) (consumed + position - lineStart) + 1;
    }

    final Token emit(Token next) {
        token = next;
        tagsBefore = 0;
        return next;
    }

    /** A tag, which nests the value after it. */
    final Token tag() {
        deeper(tagsBefore + 1);
        token = Token.TAG;
        tagsBefore++;
        return Token.TAG;
    }

    private void deeper(int levels) {
        if (!brackets.hasRoom(levels)) {
            String most = "at most " + Brackets.DEPTH_MAX;
            throw broken(most + " brackets and tags within each other", "one more");
        }
    }

    @Override
    public final HistoryFormatException broken(String what, String got) {
        return new HistoryFormatException(tokenLine, tokenColumn, what, got);
    }

    /** An error at the byte that is to be read next. */
    final HistoryFormatException brokenHere(String what) {
        startToken();
        int next = peek();
        return broken(what, next < 0 ? Token.END.words() : quoted(Character.toString(next)));
    }

    static String quoted(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "'" + shown.replace("\n", "\\n").replace("\r", "\\r") + "'";
    }

    // ---- texts

    /** Interns the run of bytes up to the next delimiter as this token's characters. */
    final void word(boolean[] delimiters) {
        mark = position;
        int next = peek();
        while (next >= 0 && !delimiters[next]) {
            position++;
            next = peek();
        }
        endOfText();
    }

    /** A string, the opening quote already taken. */
    final void string() {
        mark = position;
        while (true) {
            skipPlain();
            int next = peek();
            if (next == '"') {
                endOfText();
                skip();
                return;
            }
            if (next == '\\') {
                escapedString();
                return;
            }
            if (next < 0) {
                throw broken("a closing quote for the string that starts here", Token.END.words());
            }
            skip();
        }
    }

    /** Up to a byte that means something in a string, or to the end of what is in the window. */
    private void skipPlain() {
        byte[] bytes = window;
        int at = position;
        int end = limit;
        while (at < end && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '\n') {
            at++;
        }
        position = at;
    }

    /**
     * A pattern as Clojure prints it, after the opening quote: its backslashes mean nothing here.
     */
    final void pattern() {
        mark = position;
        int next = peek();
        while (next >= 0 && next != '"') {
            skip();
            if (next == '\\' && peek() >= 0) {
                skip();
            }
            next = peek();
        }
        if (next < 0) {
            throw broken("a closing quote for the pattern that starts here", Token.END.words());
        }
        endOfText();
        skip();
    }

    /** {@code <Object what it says of itself>}, as Clojure printed objects before 1.7. */
    final void angled() {
        mark = position;
        int open = 0;
        do {
            int next = peek();
            if (next < 0) {
                throw broken("'>' for the object that starts here", Token.END.words());
            }
            open += next == '<' ? 1 : next == '>' ? -1 : 0;
            skip();
        } while (open > 0);
        endOfText();
    }

    /** The next byte alone, whatever it is. */
    final void single() {
        mark = position;
        skip();
        endOfText();
    }

    private void endOfText() {
        symbol = interner.intern(window, mark, position);
        mark = -1;
    }

    private void escapedString() {
        scratchLength = 0;
        for (int i = mark; i < position; i++) {
            put(window[i]);
        }
        mark = -1;
        while (true) {
            int next = peek();
            if (next < 0) {
                throw broken("a closing quote for the string that starts here", Token.END.words());
            }
            skip();
            if (next == '"') {
                symbol = interner.intern(scratch, 0, scratchLength);
                return;
            }
            if (next == '\\') {
                escape();
            } else {
                put((byte) next);
            }
        }
    }

    private void escape() {
        int next = peek();
        int plain =
                switch (next) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case '"', '\\', '/' -> next;
                    case 'u' -> 'u';
                    default -> throw brokenHere("an escape that exists (\\n, \\t, \\\", \\u0041)");
                };
        skip();
        if (plain == 'u') {
            int unit = hexUnit();
            if (Character.isHighSurrogate((char) unit) && peek() == '\\') {
                skip();
                if (peek() != 'u') {
                    throw brokenHere("the second half of a surrogate pair");
                }
                skip();
                putCodePoint(Character.toCodePoint((char) unit, (char) hexUnit()));
            } else {
                putCodePoint(unit);
            }
        } else {
            put((byte) plain);
        }
    }

    private int hexUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw brokenHere("four hexadecimal digits");
            }
            skip();
            unit = unit * 16 + digit;
        }
        return unit;
    }

    private void putCodePoint(int codePoint) {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            put(b);
        }
    }

    private void put(byte b) {
        if (scratchLength == scratch.length) {
            scratch = Arrays.copyOf(scratch, scratchLength * 2);
        }
        scratch[scratchLength++] = b;
    }

    // ---- numbers

    /**
     * A number up to the next delimiter. What is no 64-bit integer becomes a fraction or a symbol.
     */
    final Token number(boolean[] delimiters) {
        mark = position;
        boolean negative = peek() == '-';
        if (negative || peek() == '+') {
            position++;
        }
        long value = 0;
        int digits = 0;
        int next = peek();
        while (next >= '0' && next <= '9') {
            value = value * 10 + (next - '0');
            digits++;
            position++;
            next = peek();
        }
        if (digits > 0 && digits <= 18 && (next < 0 || delimiters[next])) {
            number = negative ? -value : value;
            mark = -1;
            return emit(Token.LONG);
        }
        return unusualNumber(delimiters);
    }

    private Token unusualNumber(boolean[] delimiters) {
        int next = peek();
        while (next >= 0 && !delimiters[next]) {
            position++;
            next = peek();
        }
        String text = new String(window, mark, position - mark, StandardCharsets.UTF_8);
        endOfText();
        boolean marked = text.endsWith("N") || text.endsWith("M");
        String digits = marked ? text.substring(0, text.length() - 1) : text;
        if (isSignedName(text) || isNumberByName(text)) {
            return emit(Token.SYMBOL);
        }
        try {
            if (digits.chars().allMatch(c -> c == '-' || c == '+' || Character.isDigit(c))) {
                return integer(digits);
            }
            if (digits.chars().anyMatch(c -> "0123456789.eE+-".indexOf(c) < 0)) {
                throw broken("a number", quoted(text));
            }
            fraction = Double.parseDouble(digits);
            return emit(Token.DOUBLE);
        } catch (NumberFormatException e) {
            throw broken("a number", quoted(text));
        }
    }

    /** A number that has a name: infinite, or none at all. */
    final Token named(double number) {
        fraction = number;
        return emit(Token.DOUBLE);
    }

    /** Whether it is a number of a kind that is only ever compared, as it is written. */
    abstract boolean isNumberByName(String text);

    /** A sign without a digit starts a symbol, such as the dash in a line of a log. */
    private static boolean isSignedName(String text) {
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        return signed && (text.length() == 1 || !Character.isDigit(text.charAt(1)));
    }

    /** An integer too big for 64 bits stays exact as a symbol: values are only ever compared. */
    private Token integer(String digits) {
        if (!digits.matches("[-+]?[0-9]+")) {
            throw broken("a number", quoted(digits));
        }
        try {
            number = Long.parseLong(digits);
            return emit(Token.LONG);
        } catch (NumberFormatException e) {
            return emit(Token.SYMBOL);
        }
    }

    // ---- brackets

    final Token open(Token bracket, char closes) {
        deeper(tagsBefore + 1);
        brackets.open(bracket, closes, tokenLine, tagsBefore);
        return emit(bracket);
    }

    /** Takes a closing bracket, which must be the one that the innermost open one waits for. */
    final Token close(char bracket) {
        if (brackets.depth() == 0) {
            throw broken("a value", "'" + bracket + "' that closes nothing");
        }
        if (brackets.closer() != bracket) {
            throw broken(brackets.awaited(), "'" + bracket + "'");
        }
        brackets.close();
        found = Character.toString(bracket);
        return emit(Token.CLOSE);
    }

    final Token endOfInput() {
        if (brackets.depth() > 0) {
            throw broken(brackets.awaited(), Token.END.words());
        }
        return emit(Token.END);
    }

    static boolean[] delimiters(String characters) {
        boolean[] delimiters = new boolean[256];
        for (int c = 0; c <= ' '; c++) {
            delimiters[c] = true;
        }
        for (int i = 0; i < characters.length(); i++) {
            delimiters[characters.charAt(i)] = true;
        }
        return delimiters;
    }
}
