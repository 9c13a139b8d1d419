package dev.whitewater.reports.picture;

import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture under construction: lanes write to it from top to bottom and move {@code y} on. Notes
 * about what was folded are collected here, so that the caption can say it.
 */
final class Stage {

    static final double WIDTH = 1240;
    static final double LEFT = 112;
    static final double RIGHT = 1146;

    final RunStory story;
    final TimeScale scale;
    final Svg svg = new Svg();
    final List<String> folded = new ArrayList<>();
    double y;

    Stage(RunStory story, long from, long until) {
        this.story = story;
        this.scale = new TimeScale(from, Math.max(until, from + 1), LEFT, RIGHT);
    }

    /** A lane's name in the left margin, at the height of a row that starts at {@code top}. */
    void name(double top, double height, String text) {
        svg.text(LEFT - 12, top + height / 2 + 4, "name", text);
    }

    /** Opens a link to an event when the page has a place for it; says whether it did. */
    boolean openLink(long event) {
        boolean anchored = story.isAnchored(event);
        if (anchored) {
            svg.open("a", "href", "#e" + event);
        }
        return anchored;
    }

    void closeLink(boolean opened) {
        if (opened) {
            svg.close("a");
        }
    }

    /** The ruler: labelled ticks on top and faint lines through the lanes below. */
    void ruler(double bottom) {
        svg.open("g", "class", "ruler", "aria-hidden", "true");
        for (TimeScale.Tick tick : scale.ticks()) {
            double x = scale.x(tick.nanos());
            svg.text(x, 14, "tick", tick.label());
            svg.line(x, 20, x, bottom, "grid");
        }
        svg.close("g").newline();
    }
}
