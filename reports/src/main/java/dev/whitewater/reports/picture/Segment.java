package dev.whitewater.reports.picture;

import dev.whitewater.reports.story.MemberState;
import dev.whitewater.reports.story.RunStory;
import dev.whitewater.reports.story.StateHistory;

import java.util.ArrayList;
import java.util.List;

/** A stretch of time in which a member changes neither role nor term and stays up or down. */
record Segment(long from, long until, long event, MemberState state) {

    static List<Segment> of(RunStory story, int member) {
        List<Segment> segments = new ArrayList<>();
        List<StateHistory.Step> steps = story.states().steps(member);
        StateHistory.Step start = steps.getFirst();
        for (int i = 1; i < steps.size(); i++) {
            StateHistory.Step next = steps.get(i);
            if (!sameBand(start.state(), next.state())) {
                if (next.nanos() > start.nanos()) {
                    segments.add(
                            new Segment(start.nanos(), next.nanos(), start.event(), start.state()));
                }
                start = next;
            }
        }
        long end = Math.max(start.nanos(), story.run().endNanos());
        segments.add(new Segment(start.nanos(), end, start.event(), start.state()));
        return segments;
    }

    private static boolean sameBand(MemberState a, MemberState b) {
        return a.up() == b.up() && a.role() == b.role() && a.term() == b.term();
    }

    /** The class that gives the band its pattern. */
    String css() {
        return state.up() ? RoleLane.css(state.role()) : "down";
    }

    boolean isSolid() {
        return css().equals("leader");
    }

    boolean isHatched() {
        return !isSolid() && !css().equals("follower");
    }

    /** The band itself: colour, pattern, and the strip that tells the term of a pale band. */
    void draw(Svg svg, double x1, double x2, double top) {
        svg.rect(x1, top, x2 - x1, RoleLane.BAND, "band " + css());
        if (isHatched()) {
            svg.rect(x1, top, x2 - x1, RoleLane.BAND, "hatch-" + css());
        }
        if (state.up() && !isSolid()) {
            double strip = top + RoleLane.BAND - RoleLane.STRIP;
            svg.rect(x1, strip, x2 - x1, RoleLane.STRIP, "strip");
        }
        svg.line(x1, top, x1, top + RoleLane.BAND, "band-edge");
    }

    /** Writes role and term as long as there is room for, down to a letter or nothing. */
    void label(Svg svg, double x1, double x2, double top) {
        double room = x2 - x1 - 6;
        String letter = state.up() ? state.role().letter() : "✖";
        String number = state.up() ? Long.toString(state.term()) : "";
        String word = state.up() ? " " + state.role().word() : " down";
        String text = letter + number + word;
        if (room < text.length() * 7.0) {
            text = letter + number;
        }
        if (room < text.length() * 7.2) {
            text = letter;
        }
        if (room > 7) {
            String css = isSolid() ? "band-text on" : isHatched() ? "band-text halo" : "band-text";
            svg.text(x1 + 4, top + 15.5, css, text);
        }
    }
}
