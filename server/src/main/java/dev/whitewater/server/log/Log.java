package dev.whitewater.server.log;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Log lines as etcd 3.5 writes them: one JSON object each, {@code level ts caller msg} and then
 * what belongs to the message. Tools wait for some of the messages by their text.
 */
public final class Log {

    private final PrintStream out;
    private final String caller;

    public Log(PrintStream out, String caller) {
        this.out = out;
        this.caller = caller;
    }

    public void info(String message, String... fields) {
        line("info", message, fields);
    }

    public void warn(String message, String... fields) {
        line("warn", message, fields);
    }

    public void error(String message, String... fields) {
        line("error", message, fields);
    }

    /** {@code fields} are names and values, in turn. */
    private void line(String level, String message, String... fields) {
        StringBuilder line = new StringBuilder(160);
        line.append("{\"level\":\"").append(level).append("\",\"ts\":\"");
        line.append(Instant.now().truncatedTo(ChronoUnit.MILLIS)).append('"');
        field(line, "caller", caller);
        field(line, "msg", message);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            field(line, fields[i], fields[i + 1]);
        }
        out.println(line.append('}'));
        out.flush();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ') {
                line.append(' ');
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
