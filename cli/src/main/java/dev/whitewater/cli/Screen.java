package dev.whitewater.cli;

import java.io.PrintStream;

/**
 * Where a command writes. Colour and animation only where the launcher found a terminal.
 *
 * @param out results
 * @param err everything else: errors, progress
 */
record Screen(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[1;32m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String PLAIN = "\u001b[0m";

    void line(String text) {
        out.print(text + "\n");
    }

    void line() {
        line("");
    }

    void error(String sentence) {
        out.flush();
        err.print("whitewater: " + sentence + "\n");
        err.flush();
    }

    String bold(String text) {
        return coloured(BOLD, text);
    }

    String good(String text) {
        return coloured(GREEN, text);
    }

    String bad(String text) {
        return coloured(RED, text);
    }

    String doubtful(String text) {
        return coloured(YELLOW, text);
    }

    private String coloured(String colour, String text) {
        return outIsTerminal ? colour + text + PLAIN : text;
    }
}
