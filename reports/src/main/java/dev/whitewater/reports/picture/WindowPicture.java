package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.RunStory;

import java.util.List;

/** A stretch of the run with its messages: who said what to whom, and what each log held. */
public final class WindowPicture {

    private static final double LANE_GAP = 62;
    private static final double LOG = 40;

    private WindowPicture() {}

    public static Picture draw(RunStory story, Zoom zoom, String id) {
        Stage stage = new Stage(story, zoom.from(), zoom.until());
        stage.y = 34;
        FaultLane faults = new FaultLane(stage);
        faults.draw();
        double top = stage.y;
        new ClientLanes(stage).draw();
        stage.y += story.causes().isEmpty() ? 6 : 6 + 2 * DotStack.STEP;
        members(stage);
        logs(stage);
        double bottom = stage.y;
        Stage back = new Stage(story, zoom.from(), zoom.until());
        clip(back, bottom);
        back.ruler(bottom);
        new FaultLane(back).shade(top, bottom);
        if (story.decisive() != Event.NONE) {
            RunPicture.moment(stage, bottom);
        }
        String label =
                "From "
                        + Clock.seconds(zoom.from())
                        + " to "
                        + Clock.seconds(zoom.until())
                        + ": clients, members, messages and logs";
        return Picture.of(id, label, back, stage);
    }

    private static void clip(Stage stage, double bottom) {
        stage.svg.open("clipPath", "id", "lanes");
        stage.svg.leaf(
                "rect",
                "x",
                Svg.n(Stage.LEFT),
                "y",
                "0",
                "width",
                Svg.n(Stage.RIGHT - Stage.LEFT),
                "height",
                Svg.n(bottom + 22));
        stage.svg.close("clipPath");
    }

    private static void members(Stage stage) {
        int count = stage.story.run().members();
        double first = stage.y;
        double step = RoleLane.BAND + LANE_GAP;
        int slivers = 0;
        for (int member = 1; member <= count; member++) {
            slivers += new RoleLane(stage, member).draw(first + (member - 1) * step);
        }
        new MessageLines(stage, first, step).draw();
        marks(stage, first, step);
        if (slivers > 0) {
            stage.folded.add(RoleLane.slivers(slivers));
        }
        stage.y = first + count * step - LANE_GAP + 24;
    }

    /** The numbered causes, at their place in the lanes; close ones are stacked. */
    private static void marks(Stage stage, double first, double step) {
        List<Event> causes = stage.story.causes();
        DotStack stack = new DotStack();
        for (int i = 0; i < causes.size(); i++) {
            Event cause = causes.get(i);
            boolean inside = stage.scale.shows(cause.nanos(), cause.nanos());
            if (cause.node() > 0 && inside) {
                double x = stage.scale.x(cause.nanos());
                double y = first + (cause.node() - 1) * step - 8;
                numbered(stage, i + 1, cause, x, y - stack.rise(cause.node(), x));
            }
        }
    }

    static void numbered(Stage stage, int number, Event cause, double x, double y) {
        boolean linked = stage.openLink(cause.id());
        stage.svg.open("g", "class", "cause");
        stage.svg.title(
                "e"
                        + cause.id()
                        + ", "
                        + Clock.seconds(cause.nanos())
                        + ": "
                        + Texts.cut(stage.story.narrator().sentence(cause), 200));
        stage.svg.leaf("circle", "cx", Svg.n(x), "cy", Svg.n(y), "r", "7.5", "class", "dot");
        stage.svg.text(x, y + 3.6, "dot-text", Integer.toString(number));
        stage.svg.close("g");
        stage.closeLink(linked);
    }

    private static void logs(Stage stage) {
        LogLane.Range range = LogLane.range(stage);
        for (int member = 1; member <= stage.story.run().members(); member++) {
            stage.name(stage.y, LOG, "log " + Narrator.name(member));
            double floor = stage.y + LOG;
            stage.svg.line(Stage.LEFT, floor, Stage.RIGHT, floor, "lane-floor");
            new LogLane(stage, member, LOG).draw(stage.y, range);
            stage.y += LOG + 8;
        }
    }
}
