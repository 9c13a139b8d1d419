package dev.whitewater.reports.picture;

import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.MemberState;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.Role;
import dev.whitewater.reports.story.StateHistory;

import java.util.ArrayList;
import java.util.List;

/**
 * One member's band: colour is the term it believes in, pattern and letter its role, the number the
 * term at each change. A member that is down is cross-hatched.
 */
final class RoleLane {

    static final double BAND = 22;
    static final double STRIP = 3;
    private static final double THINNEST = 0.8;

    /** A stretch of time without a change of role, term or being up. */
    private record Segment(long from, long until, long event, MemberState state, boolean newTerm) {}

    private final Stage stage;
    private final int member;
    private int slivers;
    private double lastSliver = -1;

    RoleLane(Stage stage, int member) {
        this.stage = stage;
        this.member = member;
    }

    /** Draws the band at {@code top}; returns how many changes were too short to be seen apart. */
    int draw(double top) {
        stage.name(top, BAND, Narrator.name(member));
        for (Segment segment : segments()) {
            if (stage.scale.shows(segment.from(), segment.until())) {
                band(segment, top);
            }
        }
        stage.svg.newline();
        return slivers;
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        List<StateHistory.Step> steps = stage.story.states().steps(member);
        StateHistory.Step start = steps.getFirst();
        long lastTerm = -1;
        for (int i = 1; i <= steps.size(); i++) {
            boolean end = i == steps.size();
            if (end || !sameBand(start.state(), steps.get(i).state())) {
                long until = end ? stage.story.run().endNanos() : steps.get(i).nanos();
                MemberState state = start.state();
                boolean newTerm = state.term() != lastTerm;
                if (until > start.nanos() || end) {
                    segments.add(new Segment(start.nanos(), until, start.event(), state, newTerm));
                    lastTerm = state.term();
                }
                start = end ? start : steps.get(i);
            }
        }
        return segments;
    }

    private static boolean sameBand(MemberState a, MemberState b) {
        return a.up() == b.up() && a.role() == b.role() && a.term() == b.term();
    }

    private void band(Segment segment, double top) {
        double x1 = stage.scale.clamped(segment.from());
        double x2 = stage.scale.clamped(segment.until());
        if (x2 - x1 < THINNEST) {
            sliver(x1, top);
            return;
        }
        MemberState state = segment.state();
        Svg svg = stage.svg;
        boolean linked = stage.openLink(segment.event());
        svg.open("g", "class", "t" + state.term() % 6);
        svg.title(describe(segment));
        String css = state.up() ? css(state.role()) : "down";
        svg.rect(x1, top, x2 - x1, BAND, "band " + css);
        if (!css.equals("leader") && !css.equals("follower")) {
            svg.rect(x1, top, x2 - x1, BAND, "hatch-" + css);
        }
        if (state.up() && state.role() != Role.LEADER) {
            svg.rect(x1, top + BAND - STRIP, x2 - x1, STRIP, "strip");
        }
        svg.line(x1, top, x1, top + BAND, "band-edge");
        label(segment, x1, x2, top);
        svg.close("g");
        stage.closeLink(linked);
    }

    private void label(Segment segment, double x1, double x2, double top) {
        MemberState state = segment.state();
        String letter = state.up() ? state.role().letter() : "✖";
        String longer = state.up() ? longLabel(state) : "✖ down";
        double room = x2 - x1 - 6;
        String text = "";
        if (room > longer.length() * 6.8) {
            text = longer;
        } else if (room > (letter.length() + termText(state).length()) * 7.2) {
            text = state.up() ? letter + termText(state) : letter;
        } else if (room > 6) {
            text = letter;
        }
        if (!text.isEmpty()) {
            boolean solid = state.up() && state.role() == Role.LEADER;
            stage.svg.text(x1 + 4, top + 15.5, solid ? "band-text on" : "band-text", text);
        }
    }

    private static String longLabel(MemberState state) {
        return state.role().letter() + state.term() + " " + state.role().word();
    }

    private static String termText(MemberState state) {
        return Long.toString(state.term());
    }

    private String describe(Segment segment) {
        MemberState state = segment.state();
        String what = state.up() ? state.role().word() + ", term " + state.term() : "down";
        return Narrator.name(member)
                + " "
                + what
                + ", from "
                + Clock.seconds(segment.from())
                + " for "
                + Clock.span(segment.until() - segment.from());
    }

    private void sliver(double x, double top) {
        slivers++;
        if (x - lastSliver >= 1) {
            lastSliver = x;
            stage.svg.line(x, top, x, top + BAND, "sliver");
        }
    }

    static String css(Role role) {
        return switch (role) {
            case LEADER -> "leader";
            case CANDIDATE -> "candidate";
            case PRE_CANDIDATE -> "pre-candidate";
            case FOLLOWER, OTHER -> "follower";
        };
    }
}
