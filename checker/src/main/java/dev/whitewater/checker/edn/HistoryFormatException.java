package dev.whitewater.checker.edn;

import java.util.Locale;

/**
 * A file that is not what it should be. Says where (line and column, both from 1, the column in
 * bytes), what was expected there and what was found, so that the caller can print one sentence on
 * one line, whatever text the file holds.
 */
public final class HistoryFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final int line;
    private final int column;
    private final String expected;
    private final String got;

    public HistoryFormatException(int line, int column, String expected, String got) {
        super(
                line
                        + ":"
                        + column
                        + ": expected "
                        + onOneLine(expected)
                        + ", got "
                        + onOneLine(got));
        this.line = line;
        this.column = column;
        this.expected = onOneLine(expected);
        this.got = onOneLine(got);
    }

    /** Control characters as the escapes of EDN and JSON. */
    private static String onOneLine(String text) {
        if (text.chars().noneMatch(HistoryFormatException::breaksLines)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                shown.append("\\n");
            } else if (breaksLines(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
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
