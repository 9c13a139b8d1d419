package dev.whitewater.checker.edn;

/**
 * A file that is not what it should be. Says where (line and column, both from 1, the column in
 * bytes), what was expected there and what was found, so that the caller can print one sentence.
 */
public final class HistoryFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String expected;
    private final String got;

    public HistoryFormatException(int line, int column, String expected, String got) {
        super(line + ":" + column + ": expected " + expected + ", got " + got);
        this.line = line;
        this.column = column;
        this.expected = expected;
        this.got = got;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String expected() {
        return expected;
    }

    public String got() {
        return got;
    }
}
