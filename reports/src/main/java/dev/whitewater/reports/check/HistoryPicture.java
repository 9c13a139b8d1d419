package dev.whitewater.reports.check;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;
import dev.whitewater.reports.picture.Svg;
import dev.whitewater.reports.picture.Texts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations on one lane per client, from call to return. Across is the order of events, not time:
 * what matters is what overlaps, and so every text finds its room.
 */
final class HistoryPicture {
    private static final int LANE = 40;
    private static final int BOX = 26;
    private static final int TOP = 14;
    private static final int NAMES = 90;
    private static final int STEP = 16;
    private static final int PADDING = 10;
    private static final double CHARACTER = 6.8;
    private static final int SHOWN = 44;
    private static final int OPEN_END = 60;

    private final History history;
    private final List<Integer> operations;
    private final Marks marks;
    private final Map<Integer, Integer> lanes = new LinkedHashMap<>();
    private final Map<Integer, Double> starts = new LinkedHashMap<>();
    private final Map<Integer, Double> ends = new LinkedHashMap<>();
    private double width;

    /**
     * What to stress.
     *
     * @param guilty the operations that prove something
     * @param places places in the order that was found, by operation
     * @param stuckAt the operation that no order reaches; negative if there is none
     */
    record Marks(Set<Integer> guilty, Map<Integer, Integer> places, int stuckAt) {}

    private HistoryPicture(History history, List<Integer> operations, Marks marks) {
        this.history = history;
        this.operations = operations;
        this.marks = marks;
    }

    /** The picture of these operations, which are in the order of their calls. */
    static String of(History history, List<Integer> operations, Marks marks) {
        HistoryPicture picture = new HistoryPicture(history, operations, marks);
        picture.placeLanes();
        picture.placeEvents();
        return picture.draw();
    }

    /** The clients that the proof is about come first. */
    private void placeLanes() {
        Comparator<Integer> byName = Comparator.comparing(history::value, HistoryPicture::byName);
        marks.guilty().stream()
                .map(history::client)
                .distinct()
                .sorted(byName)
                .forEach(client -> lanes.put(client, lanes.size()));
        operations.stream()
                .map(history::client)
                .distinct()
                .filter(client -> !lanes.containsKey(client))
                .sorted(byName)
                .forEach(client -> lanes.put(client, lanes.size()));
    }

    private static int byName(Value one, Value other) {
        if (one instanceof Value.Int(long a) && other instanceof Value.Int(long b)) {
            return Long.compare(a, b);
        }
        return one.toString().compareTo(other.toString());
    }

    /** Every event to the right of the one before; a return far enough for its operation's text. */
    private void placeEvents() {
        List<long[]> events = new ArrayList<>();
        for (int op : operations) {
            events.add(new long[] {history.call(op), op, 0});
            if (history.completion(op) != History.OPEN) {
                events.add(new long[] {history.completion(op), op, 1});
            }
        }
        events.sort(Comparator.comparingLong(event -> event[0]));
        double x = NAMES;
        for (long[] event : events) {
            int op = (int) event[1];
            x += STEP;
            if (event[2] == 0) {
                starts.put(op, x);
            } else {
                x = Math.max(x, starts.get(op) + needed(op));
                ends.put(op, x);
            }
        }
        for (int op : operations) {
            if (!ends.containsKey(op)) {
                x = Math.max(x, starts.get(op) + needed(op));
            }
        }
        width = x + OPEN_END;
    }

    private double needed(int op) {
        return text(op).length() * CHARACTER + 2 * PADDING;
    }

    private String text(int op) {
        return Texts.cut(words(history.operation(op)), SHOWN);
    }

    /** An answer that only repeats what was asked is left out. */
    static String words(Operation operation) {
        String text = operation.toString();
        String echo = " → " + operation.argument();
        boolean repeats = operation.isOk() && operation.output().equals(operation.argument());
        return repeats && !operation.output().isNil() ? text.replace(echo, "") : text;
    }

    private String draw() {
        Svg svg = new Svg();
        double height = TOP + lanes.size() * (double) LANE + TOP;
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "role",
                "img",
                "class",
                "history",
                "width",
                Svg.n(width),
                "height",
                Svg.n(height));
        svg.title("Operations by client, in the order of their calls and returns");
        lanes.forEach((client, lane) -> lane(svg, client, lane));
        operations.forEach(op -> operation(svg, op));
        return svg.close("svg").toString();
    }

    private void lane(Svg svg, int client, int lane) {
        double middle = TOP + lane * (double) LANE + LANE / 2.0;
        svg.line(NAMES, middle, width, middle, "lane");
        svg.text(NAMES - 8.0, middle + 4, "name", Texts.cut(name(client), 12)).newline();
    }

    private String name(int client) {
        Value value = history.value(client);
        return value instanceof Value.Text(String text) ? text : "client " + value;
    }

    private void operation(Svg svg, int op) {
        double left = starts.get(op);
        double right = ends.getOrDefault(op, width - 6);
        double top = TOP + lanes.get(history.client(op)) * (double) LANE + (LANE - BOX) / 2.0;
        boolean open = !ends.containsKey(op);
        String css =
                (marks.stuckAt() == op ? "stuck " : "")
                        + (marks.guilty().contains(op) ? "guilty " : "")
                        + (marks.places().containsKey(op) ? "placed " : "")
                        + (open ? "open" : "");
        Operation operation = history.operation(op);
        svg.open("g", "class", css.strip());
        svg.title("operation " + op + " of " + name(history.client(op)) + ": " + operation);
        svg.leaf(
                "rect",
                "x",
                Svg.n(left),
                "y",
                Svg.n(top),
                "width",
                Svg.n(right - left),
                "height",
                Svg.n(BOX),
                "rx",
                "4",
                "class",
                "box");
        svg.text(left + PADDING, top + BOX / 2.0 + 4, "op", text(op));
        Integer place = marks.places().get(op);
        if (place != null) {
            svg.text(left + PADDING, top - 2, "order-number", Integer.toString(place));
        }
        svg.close("g").newline();
    }
}
