package dev.whitewater.reports.page;

import dev.whitewater.checker.value.Padding;
import dev.whitewater.reports.picture.Texts;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.KeyMoments;
import dev.whitewater.reports.story.MemberState;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns events and states into the lines of lists and tables. */
final class Lines {

    private static final int TEXT_MAX = 400;

    private final RunStory story;

    Lines(RunStory story) {
        this.story = story;
    }

    List<View.Line> causes() {
        List<View.Line> lines = new ArrayList<>();
        for (Event event : story.causes()) {
            lines.add(line(lines.size() + 1, event));
        }
        return lines;
    }

    List<View.Line> moments() {
        return story.moments().told().stream().map(e -> line(0, e)).toList();
    }

    /** The events with these ids; those that the trace does not hold are left out. */
    List<View.Line> of(List<Long> ids) {
        return ids.stream()
                .flatMap(id -> story.trace().find(id).stream())
                .map(e -> line(0, e))
                .toList();
    }

    String timeOf(long event) {
        return story.trace().find(event).map(e -> Clock.seconds(e.nanos())).orElse("some time");
    }

    String momentsSentence() {
        KeyMoments moments = story.moments();
        String told = Clock.count(moments.told().size());
        if (moments.leftOut().isEmpty()) {
            return "All " + told + " lines of the trace.";
        }
        String rest =
                moments.leftOut().entrySet().stream()
                        .map(e -> Clock.count(e.getValue()) + " " + word(e.getKey()))
                        .collect(Collectors.joining(", "));
        int passedOver = moments.candidates() - moments.told().size();
        String close =
                passedOver > 0
                        ? " "
                                + Clock.count(passedOver)
                                + " of these would have deserved a line,"
                                + " and gave way to weightier ones or those nearer to the"
                                + " decisive moment."
                        : "";
        return told
                + " key moments of "
                + Clock.count(story.trace().events().size())
                + " lines of the trace. Not told: "
                + rest
                + "."
                + close;
    }

    private static String word(Event.Kind kind) {
        return switch (kind) {
            case SEND -> "sendings";
            case DELIVER -> "deliveries";
            case DROP -> "drops";
            case TIMER -> "timers";
            case DISK -> "disk completions";
            case CLIENT -> "client steps";
            case FAULT -> "faults";
            case START -> "starts";
            case CRASH -> "crashes";
            case NOTE -> "notes";
            case MONITOR -> "monitor reports";
            case OTHER -> "others";
        };
    }

    private View.Line line(int number, Event event) {
        Narrator narrator = story.narrator();
        return new View.Line(
                number,
                event.id(),
                event.nanos(),
                Clock.seconds(event.nanos()),
                css(event),
                icon(event),
                event.node() > 0 ? Narrator.name(event.node()) : "",
                Texts.cutTelling(Padding.shortened(narrator.sentence(event)), TEXT_MAX),
                Texts.cutTelling(Padding.shortened(narrator.detail(event)), TEXT_MAX));
    }

    private String css(Event event) {
        if (event.id() == story.decisive()) {
            return "decisive";
        }
        return switch (event.kind()) {
            case CRASH, FAULT, MONITOR -> event.kind().name().toLowerCase(Locale.ROOT);
            default -> event.change().changesRole() ? "role" : "plain";
        };
    }

    private String icon(Event event) {
        return switch (event.kind()) {
            case CRASH -> "✖";
            case START -> "↑";
            case FAULT -> "⚡";
            case MONITOR -> "●";
            case DROP -> "✕";
            default -> event.change().changesRole() ? "◆" : "·";
        };
    }

    /** Every member's state after {@code event}. */
    List<View.StateRow> states(long event) {
        List<View.StateRow> rows = new ArrayList<>();
        if (story.trace().events().isEmpty()) {
            return rows;
        }
        for (int member = 1; member <= story.run().members(); member++) {
            rows.add(row(member, story.states().at(member, event)));
        }
        return rows;
    }

    private static View.StateRow row(int member, MemberState state) {
        return new View.StateRow(
                Narrator.name(member),
                state.up(),
                state.up() ? state.role().letter() + " " + state.role().word() : "✖ down",
                state.term(),
                Math.floorMod(state.term(), 6),
                state.vote() > 0 ? Narrator.name(state.vote()) : "–",
                state.leader() > 0 ? Narrator.name(state.leader()) : "–",
                state.lastTerm() > 0
                        ? state.last() + " of term " + state.lastTerm()
                        : Long.toString(state.last()),
                state.durable(),
                state.commit(),
                state.applied(),
                state.atRisk() == 0 ? "none" : Clock.count(state.atRisk()));
    }
}
