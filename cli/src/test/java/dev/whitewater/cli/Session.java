package dev.whitewater.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command line run in this process, without a terminal. */
record Session(int exitCode, String out, String err) {

    static Session of(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(print(out), print(err), false, false);
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int exitCode = Cli.execute(screen, words);
        screen.out().flush();
        screen.err().flush();
        return new Session(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    /** A field of the first line, which is a JSON object. */
    String json(String field) {
        String key = "\"" + field + "\":";
        int at = out.indexOf(key);
        if (at < 0) {
            return "(no " + field + ")";
        }
        String rest = out.substring(at + key.length());
        return rest.startsWith("\"")
                ? rest.substring(1, rest.indexOf('"', 1))
                : rest.split("[,}]", 2)[0];
    }

    boolean errIsOneLine() {
        return err.endsWith("\n") && err.indexOf('\n') == err.length() - 1;
    }
}
