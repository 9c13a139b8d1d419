package dev.whitewater.reports.picture;

import dev.whitewater.reports.story.MemberState;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.StateHistory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One member's log as staircases: how far it is appended, durable and committed. The hatched area
 * between appended and durable is what a crash at that moment would take.
 */
final class LogLane {

    private static final double COLUMN = 2;

    /** Lowest and highest index that a picture shows, the same for all members. */
    record Range(long low, long high) {}

    private record Point(double x, MemberState state) {}

    private final Stage stage;
    private final int member;
    private final double height;

    LogLane(Stage stage, int member, double height) {
        this.stage = stage;
        this.member = member;
        this.height = height;
    }

    static Range range(Stage stage) {
        long low = Long.MAX_VALUE;
        long high = 0;
        for (int member = 1; member <= stage.story.run().members(); member++) {
            for (StateHistory.Step step : visible(stage, member)) {
                MemberState state = step.state();
                low = Math.min(low, Math.min(state.commit(), state.durable()));
                high = Math.max(high, Math.max(state.last(), state.commit()));
            }
        }
        return low > high ? new Range(0, 1) : new Range(low, Math.max(high, low + 1));
    }

    /** The steps inside the picture, and the one in force where it begins. */
    private static List<StateHistory.Step> visible(Stage stage, int member) {
        List<StateHistory.Step> all = stage.story.states().steps(member);
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).nanos() <= stage.scale.from()) {
            first++;
        }
        int end = first + 1;
        while (end < all.size() && all.get(end).nanos() <= stage.scale.until()) {
            end++;
        }
        return all.subList(first, end);
    }

    void draw(double top, Range range) {
        List<Point> points = points();
        if (points.isEmpty()) {
            return;
        }
        MemberState end = points.getLast().state();
        Svg svg = stage.svg;
        svg.open("g", "class", "log");
        svg.title(
                Narrator.name(member)
                        + " at the right edge: appended "
                        + end.last()
                        + ", durable "
                        + end.durable()
                        + ", committed "
                        + end.commit());
        String risk = risk(points, top, range);
        if (!risk.isEmpty()) {
            svg.path(risk, "at-risk");
            svg.path(risk, "hatch-risk");
        }
        svg.path(stairs(points, top, range, MemberState::last), "last");
        svg.path(stairs(points, top, range, MemberState::durable), "durable");
        svg.path(stairs(points, top, range, MemberState::commit), "commit");
        svg.close("g").newline();
        double x = Stage.RIGHT + 8;
        svg.text(x, top + height / 2 - 4, "value", "last " + end.last());
        svg.text(x, top + height / 2 + 9, "value", "commit " + end.commit());
    }

    /** The states at column width: within a column only the last one is kept. */
    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (StateHistory.Step step : visible(stage, member)) {
            double x = Math.round(stage.scale.clamped(step.nanos()) / COLUMN) * COLUMN;
            x = Math.max(x, Stage.LEFT);
            if (!points.isEmpty() && points.getLast().x() == x) {
                points.removeLast();
            }
            points.add(new Point(x, step.state()));
        }
        return points;
    }

    private double y(long index, double top, Range range) {
        double share = (double) (index - range.low()) / (range.high() - range.low());
        return top + height - 2 - share * (height - 4);
    }

    private String stairs(
            List<Point> points, double top, Range range, ToLongFunction<MemberState> field) {
        StringBuilder d = new StringBuilder();
        long previous = -1;
        for (Point point : points) {
            long index = field.applyAsLong(point.state());
            if (d.isEmpty()) {
                d.append('M').append(Svg.n(point.x())).append(' ');
                d.append(Svg.n(y(index, top, range)));
            } else if (index != previous) {
                d.append('H').append(Svg.n(point.x()));
                d.append('V').append(Svg.n(y(index, top, range)));
            }
            previous = index;
        }
        return d.append('H').append(Svg.n(right())).toString();
    }

    private double right() {
        return stage.scale.clamped(stage.story.run().endNanos());
    }

    private String risk(List<Point> points, double top, Range range) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            MemberState state = points.get(i).state();
            if (state.atRisk() > 0) {
                double x2 = i + 1 < points.size() ? points.get(i + 1).x() : right();
                double high = y(state.last(), top, range);
                double low = y(state.durable(), top, range);
                d.append('M').append(Svg.n(points.get(i).x())).append(' ').append(Svg.n(high));
                d.append('H').append(Svg.n(x2)).append('V').append(Svg.n(low));
                d.append('H').append(Svg.n(points.get(i).x())).append('Z');
            }
        }
        return d.toString();
    }
}
