package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.Narrator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as lines from the sender's lane at the time of sending to the receiver's at arrival. A
 * message that is lost ends half-way in a cross. Heartbeats are folded to a count.
 */
final class MessageLines {

    private static final int DRAWN_MAX = 320;
    private static final int LABELS_MAX = 60;

    private enum Fate {
        ARRIVED,
        LOST,
        UNDER_WAY
    }

    private record Message(Event sent, long endNanos, int to, Fate fate, boolean again) {}

    /** Where a text stands already. */
    private record Label(double x, double y) {
        boolean covers(double otherX, double otherY) {
            return Math.abs(otherX - x) < 58 && Math.abs(otherY - y) < 11;
        }
    }

    private final List<Label> labels = new ArrayList<>();
    private final Stage stage;
    private final double firstLane;
    private final double laneStep;

    MessageLines(Stage stage, double firstLane, double laneStep) {
        this.stage = stage;
        this.firstLane = firstLane;
        this.laneStep = laneStep;
    }

    void draw() {
        List<Message> all = collect();
        List<Message> drawn =
                all.stream().filter(m -> !m.sent().isHeartbeat()).limit(DRAWN_MAX).toList();
        long heartbeats = all.stream().filter(m -> m.sent().isHeartbeat()).count();
        stage.svg.open("g", "class", "messages", "clip-path", "url(#lanes)");
        for (Message message : drawn) {
            line(message);
        }
        stage.svg.close("g").newline();
        if (drawn.size() <= LABELS_MAX) {
            drawn.forEach(this::label);
        }
        if (heartbeats > 0) {
            stage.folded.add(heartbeats + " heartbeats and their answers are not drawn");
        }
        long rest = all.size() - heartbeats - drawn.size();
        if (rest > 0) {
            stage.folded.add(rest + " more messages of this stretch are not drawn");
        }
    }

    static boolean isVote(Event event) {
        return event.what().contains("Vote");
    }

    private List<Message> collect() {
        Map<Long, Event> sends = new HashMap<>();
        Map<Long, Integer> arrivals = new HashMap<>();
        List<Message> found = new ArrayList<>();
        for (Event event : stage.story.trace().events()) {
            if (event.nanos() > stage.scale.until() + 2_000_000_000L) {
                break;
            }
            switch (event.kind()) {
                case SEND -> sends.put(event.message(), event);
                case DELIVER, DROP -> {
                    Event sent = sends.get(event.message());
                    if (sent != null && shows(sent, event)) {
                        Fate fate = event.kind() == Event.Kind.DROP ? Fate.LOST : Fate.ARRIVED;
                        boolean again = arrivals.merge(event.message(), 1, Integer::sum) > 1;
                        found.add(new Message(sent, event.nanos(), sent.peer(), fate, again));
                    } else if (sent != null) {
                        arrivals.merge(event.message(), 1, Integer::sum);
                    }
                }
                default -> {}
            }
        }
        addUnanswered(sends, arrivals, found);
        return found;
    }

    private boolean shows(Event sent, Event end) {
        return stage.scale.shows(sent.nanos(), end.nanos());
    }

    /** Messages that never arrived: lost when the network says so, else still under way. */
    private void addUnanswered(
            Map<Long, Event> sends, Map<Long, Integer> arrivals, List<Message> found) {
        List<Event> rest =
                sends.values().stream()
                        .filter(e -> !arrivals.containsKey(e.message()))
                        .filter(e -> stage.scale.shows(e.nanos(), e.nanos()))
                        .sorted((a, b) -> Long.compare(a.id(), b.id()))
                        .toList();
        long hop = (stage.scale.until() - stage.scale.from()) / 60;
        for (Event sent : rest) {
            Fate fate = sent.fate().isEmpty() ? Fate.UNDER_WAY : Fate.LOST;
            found.add(new Message(sent, sent.nanos() + hop, sent.peer(), fate, false));
        }
    }

    private void line(Message message) {
        double x1 = stage.scale.x(message.sent().nanos());
        double y1 = lane(message.sent().node());
        double x2 = stage.scale.x(message.endNanos());
        double y2 = lane(message.to());
        boolean down = y2 > y1;
        y1 += down ? RoleLane.BAND / 2 : -RoleLane.BAND / 2;
        y2 += down ? -RoleLane.BAND / 2 : RoleLane.BAND / 2;
        if (message.fate() != Fate.ARRIVED) {
            x2 = (x1 + x2) / 2;
            y2 = (y1 + y2) / 2;
        }
        Svg svg = stage.svg;
        boolean linked = stage.openLink(message.sent().id());
        svg.open("g", "class", css(message));
        svg.title(describe(message));
        svg.line(x1, y1, x2, y2, "wire");
        svg.path(end(message, x1, y1, x2, y2), message.fate() == Fate.LOST ? "cross" : "head");
        svg.close("g");
        stage.closeLink(linked);
    }

    private double lane(int member) {
        return firstLane + (member - 1) * laneStep + RoleLane.BAND / 2;
    }

    private static String end(Message message, double x1, double y1, double x2, double y2) {
        if (message.fate() == Fate.LOST) {
            return "M" + Svg.n(x2 - 3.5) + " " + Svg.n(y2 - 3.5) + "l7 7m0 -7l-7 7";
        }
        double length = Math.max(1, Math.hypot(x2 - x1, y2 - y1));
        double ux = (x2 - x1) / length;
        double uy = (y2 - y1) / length;
        double bx = x2 - ux * 6;
        double by = y2 - uy * 6;
        return "M"
                + Svg.n(x2)
                + " "
                + Svg.n(y2)
                + "L"
                + Svg.n(bx - uy * 2.6)
                + " "
                + Svg.n(by + ux * 2.6)
                + "L"
                + Svg.n(bx + uy * 2.6)
                + " "
                + Svg.n(by - ux * 2.6)
                + "Z";
    }

    private static String css(Message message) {
        Event sent = message.sent();
        String family = "other";
        if (isVote(sent)) {
            family = "vote";
        } else if (sent.what().startsWith("Append")) {
            family = sent.messageKind().endsWith("Response") ? "ack" : "append";
        } else if (sent.what().startsWith("Read")) {
            family = "read";
        }
        return "msg " + family + (message.fate() == Fate.LOST ? " lost" : "");
    }

    private static String describe(Message message) {
        Event sent = message.sent();
        String route =
                Narrator.name(sent.node())
                        + " → "
                        + Narrator.name(sent.peer())
                        + ": "
                        + Texts.cut(sent.what(), 120)
                        + ", sent "
                        + Clock.seconds(sent.nanos());
        return switch (message.fate()) {
            case ARRIVED ->
                    route
                            + ", under way "
                            + Clock.span(message.endNanos() - sent.nanos())
                            + (message.again() ? " (a duplicate)" : "");
            case LOST -> route + ", lost";
            case UNDER_WAY -> route + ", not arrived in this run's trace";
        };
    }

    /** Votes carry their meaning in words; other lines have it in their tooltip. */
    private void label(Message message) {
        Event sent = message.sent();
        if (!isVote(sent) || message.fate() != Fate.ARRIVED) {
            return;
        }
        double y1 = lane(sent.node());
        double share = 34 / Math.max(1, Math.abs(lane(message.to()) - y1));
        double start = stage.scale.x(sent.nanos());
        double x = start + (stage.scale.x(message.endNanos()) - start) * share + 5;
        double y = y1 + (lane(message.to()) - y1) * share + 3;
        boolean free = labels.stream().noneMatch(l -> l.covers(x, y)) && !nearCause(x, y);
        if (free && x > Stage.LEFT && x < Stage.RIGHT - 40) {
            labels.add(new Label(x, y));
            stage.svg.text(x, y, "wire-text halo", voteLabel(sent.what()));
        }
    }

    /** Whether the numbered dots above a lane need this place. */
    private boolean nearCause(double x, double y) {
        return stage.story.causes().stream()
                .filter(e -> e.node() > 0)
                .filter(e -> y < lane(e.node()) && y > lane(e.node()) - laneStep)
                .anyMatch(e -> Math.abs(stage.scale.x(e.nanos()) - x) < 44);
    }

    private static String voteLabel(String what) {
        String pre = what.startsWith("Pre") ? "pre-vote" : "vote";
        if (!what.contains("Response")) {
            return pre + "?";
        }
        boolean no = what.contains("refused") || what.contains("rejected") || what.contains("no");
        return no ? "✗ no" : "✓ " + pre;
    }
}
