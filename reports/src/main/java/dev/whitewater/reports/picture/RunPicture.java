package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.RunStory;

/** The whole run on one time axis: faults, clients, and each member with its log beneath. */
public final class RunPicture {

    private static final double LOG = 26;
    private static final double GAP = 14;

    private RunPicture() {}

    public static Picture draw(RunStory story, Zoom zoom) {
        Stage stage = new Stage(story, 0, Math.max(1, story.run().endNanos()));
        stage.y = 34;
        FaultLane faults = new FaultLane(stage);
        faults.draw();
        double top = stage.y;
        new ClientLanes(stage).draw();
        members(stage);
        double bottom = stage.y;
        Stage back = new Stage(story, stage.scale.from(), stage.scale.until());
        back.ruler(bottom);
        new FaultLane(back).shade(top, bottom);
        window(stage, zoom, bottom);
        String label =
                "Timeline of the whole run, "
                        + Clock.seconds(story.run().endNanos())
                        + ": faults, clients and "
                        + story.run().members()
                        + " members";
        return Picture.of("run-picture", label, back, stage);
    }

    private static void members(Stage stage) {
        int slivers = 0;
        LogLane.Range range = LogLane.range(stage);
        for (int member = 1; member <= stage.story.run().members(); member++) {
            slivers += new RoleLane(stage, member).draw(stage.y);
            stage.y += RoleLane.BAND + 2;
            new LogLane(stage, member, LOG).draw(stage.y, range);
            stage.y += LOG + GAP;
        }
        if (slivers > 0) {
            stage.folded.add(RoleLane.slivers(slivers));
        }
        stage.y -= GAP - 4;
    }

    /** The bracket that shows where the zoomed picture lies, and the decisive moment. */
    private static void window(Stage stage, Zoom zoom, double bottom) {
        double x1 = stage.scale.clamped(zoom.from());
        double x2 = Math.max(x1 + 4, stage.scale.clamped(zoom.until()));
        Svg svg = stage.svg;
        svg.open("a", "href", "#window");
        svg.title("the stretch that the picture below shows larger");
        svg.rect(x1, 20, x2 - x1, bottom - 16, "window");
        svg.close("a");
        if (stage.story.decisive() != Event.NONE) {
            moment(stage, bottom);
        }
    }

    static void moment(Stage stage, double bottom) {
        double x = stage.scale.clamped(stage.story.decisiveNanos());
        boolean violated = stage.story.isViolated();
        boolean linked = stage.openLink(stage.story.decisive());
        stage.svg.open("g", "class", violated ? "moment bad" : "moment");
        stage.svg.title(
                (violated ? "the violation is seen here, e" : "the decisive moment, e")
                        + stage.story.decisive()
                        + ", "
                        + Clock.seconds(stage.story.decisiveNanos()));
        stage.svg.line(x, 20, x, bottom + 4, "moment-line");
        stage.svg.path("M" + Svg.n(x) + " " + Svg.n(bottom + 2) + "l-6 10h12z", "moment-mark");
        stage.svg.close("g");
        stage.closeLink(linked);
    }
}
