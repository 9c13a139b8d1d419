package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.format.EventWords.Who;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text logs of Porcupine's tests: lines as Jepsen logs them, {@code INFO jepsen.util - 0
 * :invoke :read nil}, and Jepsen's own. Lines of other loggers and of processes with names (the
 * nemesis) are skipped. Where an operation failed or its answer is unknown the value may be {@code
 * :timed-out}.
 */
final class LogReader {
    private static final Pattern LOGGER = Pattern.compile("jepsen\\.util( - |: )");

    /** Any line of a log, with the level or the time first, and what follows an exception. */
    private static final Pattern OTHER =
            Pattern.compile(
                    "((INFO|WARN|ERROR|DEBUG)\\s|\\d{4}-\\d\\d-\\d\\d[ T]|\\s+at |Caused by: ).*");

    private final HistoryBuilder builder = new HistoryBuilder();
    private final Pairing pairing = new Pairing(builder);

    History read(String text) {
        int number = 0;
        boolean any = false;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            Matcher logged = LOGGER.matcher(line);
            if (logged.find()) {
                event(line, logged.end(), number);
                any = true;
            } else if (!line.isBlank() && !OTHER.matcher(line).matches()) {
                throw new HistoryFormatException(
                        number, 1, "a line as 'INFO  jepsen.util - 0 :invoke :read nil'", line);
            }
        }
        if (!any) {
            throw new HistoryFormatException(number, 1, "a line of jepsen.util", "none");
        }
        return pairing.build();
    }

    private void event(String line, int start, int number) {
        if (line.startsWith(":", start)) {
            return;
        }
        List<Value> words = words(line, start, number);
        if (words.size() < 3
                || !(words.get(1) instanceof Value.Keyword(String type))
                || !(words.get(2) instanceof Value.Keyword(String function))) {
            throw new HistoryFormatException(
                    number, start + 1, "a process, :type, :function and value", line);
        }
        if (!(words.get(0) instanceof Value.Int(long process))) {
            throw new HistoryFormatException(number, start + 1, EventWords.A_PROCESS, line);
        }
        Value value = words.size() > 3 ? words.get(3) : Value.NIL;
        Pairing.Place place = new Pairing.Place(Who.NUMBER, process, number, start + 1);
        int client = builder.values().idOf(words.get(0));
        Pairing.Event event =
                new Pairing.Event(
                        client,
                        builder.functionId(function),
                        Values.NIL,
                        builder.values().idOf(value),
                        builder.events(),
                        0);
        switch (type) {
            case "invoke" -> pairing.invoke(place, event);
            case "ok" -> pairing.complete(place, Outcome.OK, event);
            case "fail" -> pairing.complete(place, Outcome.FAIL, event);
            case "info" -> pairing.complete(place, Outcome.INFO, event);
            default ->
                    throw new HistoryFormatException(
                            number, start + 1, ":invoke, :ok, :fail or :info", ":" + type);
        }
    }

    private static List<Value> words(String line, int start, int number) {
        byte[] rest = line.substring(start).getBytes(StandardCharsets.UTF_8);
        try {
            return ValueReader.all(ByteSource.of(rest));
        } catch (HistoryFormatException e) {
            throw new HistoryFormatException(number, start + e.column(), e.expected(), e.got());
        }
    }
}
