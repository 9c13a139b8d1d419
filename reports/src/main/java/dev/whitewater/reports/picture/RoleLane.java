package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.MemberState;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.Role;

/**
 * One member's band: colour is the term it believes in, pattern and letter its role, the number the
 * term at each change. A member that is down is cross-hatched.
 */
final class RoleLane {

    static final double BAND = 22;
    static final double STRIP = 3;
    private static final double THINNEST = 0.8;

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
        for (Segment segment : Segment.of(stage.story, member)) {
            if (stage.scale.shows(segment.from(), segment.until())) {
                band(segment, top);
            }
        }
        pauses(top);
        stage.svg.newline();
        return slivers;
    }

    private void band(Segment segment, double top) {
        double x1 = stage.scale.clamped(segment.from());
        double x2 = stage.scale.clamped(segment.until());
        if (x2 - x1 < THINNEST) {
            sliver(x1, top);
            return;
        }
        Svg svg = stage.svg;
        boolean linked = stage.openLink(segment.event());
        svg.open("g", "class", "t" + segment.state().term() % 6);
        svg.title(describe(segment));
        segment.draw(svg, x1, x2, top);
        segment.label(svg, x1, x2, top);
        svg.close("g");
        stage.closeLink(linked);
    }

    /** A paused member keeps its role in name only: striped. */
    private void pauses(double top) {
        for (FaultSpan span : stage.story.run().faults()) {
            boolean own = span.kind().equals("pause") && span.strikes(member);
            if (own && stage.scale.shows(span.fromNanos(), span.untilNanos())) {
                double x1 = stage.scale.clamped(span.fromNanos());
                double x2 = stage.scale.clamped(span.untilNanos());
                stage.svg.open("g").title(Narrator.name(member) + " is paused");
                stage.svg.rect(x1, top, x2 - x1, BAND, "hatch-paused").close("g");
            }
        }
    }

    static String slivers(int count) {
        return count == 1
                ? "one stretch of a role is shorter than a pixel"
                : count + " stretches of a role are shorter than a pixel each";
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
