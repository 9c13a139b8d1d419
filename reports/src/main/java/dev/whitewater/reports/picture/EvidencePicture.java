package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The proof, large: the few operations on a real-time ruler, and below them the members with the
 * numbered events that explain them.
 */
public final class EvidencePicture {

    private static final double BOX = 40;
    private static final double ROW = 54;
    private static final double LANE = 44;

    private final RunStory story;
    private final Stage stage;
    private final BrokenRuler ruler;

    private EvidencePicture(RunStory story) {
        this.story = story;
        stage = new Stage(story, 0, 1);
        ruler = new BrokenRuler(moments(), Stage.LEFT + 16, Stage.RIGHT + 40);
    }

    public static Picture draw(RunStory story) {
        if (story.causes().isEmpty() && story.evidence().isEmpty()) {
            return Picture.NONE;
        }
        return new EvidencePicture(story).draw();
    }

    private List<Long> moments() {
        List<Long> moments = new ArrayList<>();
        story.causes().forEach(e -> moments.add(e.nanos()));
        for (Operation op : story.evidence()) {
            moments.add(op.invokeNanos());
            if (!op.isOpen()) {
                moments.add(op.returnNanos());
            }
        }
        return moments;
    }

    private Picture draw() {
        stage.y = 56;
        for (Operation op : story.evidence()) {
            box(op);
        }
        stage.y += story.evidence().isEmpty() ? 0 : 12;
        double lanes = stage.y;
        for (int member : members()) {
            lane(member);
        }
        double bottom = stage.y;
        Stage back = new Stage(story, 0, 1);
        scaleMarks(back, bottom);
        String label =
                "Evidence: "
                        + story.evidence().size()
                        + " operations and "
                        + story.causes().size()
                        + " events on a time ruler";
        List<String> notes = new ArrayList<>();
        if (!ruler.cuts().isEmpty()) {
            notes.add("⌇ marks a long stretch drawn short; moments close together are spread");
        }
        return Picture.of(
                "evidence-picture",
                label,
                Math.max(bottom, lanes) + 8,
                back.svg + stage.svg.toString(),
                notes);
    }

    private SortedSet<Integer> members() {
        TreeSet<Integer> members = new TreeSet<>();
        for (Event cause : story.causes()) {
            if (cause.node() > 0 && cause.node() <= story.run().members()) {
                members.add(cause.node());
            }
        }
        return members;
    }

    private void scaleMarks(Stage back, double bottom) {
        Svg svg = back.svg;
        svg.open("g", "class", "ruler", "aria-hidden", "true");
        double lastLabel = -100;
        for (long nanos : new TreeSet<>(moments())) {
            double x = ruler.x(nanos);
            svg.line(x, 34, x, bottom, "grid");
            if (x - lastLabel > 62) {
                svg.text(x, 26, "tick", Clock.seconds(nanos));
                lastLabel = x;
            }
        }
        for (BrokenRuler.Cut cut : ruler.cuts()) {
            svg.text(cut.x(), 44, "cut", "⌇ " + Clock.span(cut.nanos()));
        }
        svg.close("g").newline();
    }

    private void box(Operation op) {
        double x1 = ruler.x(op.invokeNanos());
        double x2 = op.isOpen() ? Stage.RIGHT + 60 : ruler.x(op.returnNanos());
        x2 = Math.max(x2, x1 + 10);
        Svg svg = stage.svg;
        stage.name(stage.y, BOX, "client c" + op.client());
        svg.open("a", "href", "#op" + op.id(), "class", "op big evident " + Labels.outcome(op));
        svg.title(ClientLanes.describe(op));
        svg.rect(x1, stage.y, x2 - x1, BOX, "box");
        double bottom = stage.y + BOX;
        String open =
                "M"
                        + Svg.n(x2)
                        + " "
                        + Svg.n(stage.y)
                        + "H"
                        + Svg.n(x1)
                        + "V"
                        + Svg.n(bottom)
                        + "H"
                        + Svg.n(x2);
        svg.path(op.isOpen() ? open : open + "Z", "edge");
        String call = Texts.cut(Labels.call(op), 44);
        String answer = Labels.icon(op) + " " + Texts.cut(Labels.answer(op), 44);
        double wide = Math.max(call.length(), answer.length()) * 8.0 + 14;
        boolean inside = x2 - x1 > wide;
        boolean before = !inside && x2 + wide > Stage.WIDTH;
        double x = inside ? x1 + 8 : before ? x1 - 8 : x2 + 8;
        String end = before ? " end" : "";
        svg.text(x, stage.y + 17, "big-text" + end, call);
        svg.text(x, stage.y + 33, "big-text strong" + end, answer);
        svg.close("a").newline();
        stage.y += ROW;
    }

    private void lane(int member) {
        double band = stage.y + 16;
        stage.name(band, RoleLane.BAND, Narrator.name(member));
        for (Segment segment : Segment.of(story, member)) {
            if (segment.until() >= ruler.first() && segment.from() <= ruler.last()) {
                stretch(segment, band);
            }
        }
        for (int i = 0; i < story.causes().size(); i++) {
            Event cause = story.causes().get(i);
            if (cause.node() == member) {
                WindowPicture.numbered(stage, i + 1, cause, ruler.x(cause.nanos()), band - 9);
            }
        }
        stage.svg.newline();
        stage.y += LANE + 4;
    }

    private void stretch(Segment segment, double band) {
        double x1 = segment.from() <= ruler.first() ? Stage.LEFT : ruler.x(segment.from());
        double x2 = segment.until() >= ruler.last() ? Stage.RIGHT + 60 : ruler.x(segment.until());
        stage.svg.open("g", "class", "t" + segment.state().term() % 6);
        segment.draw(stage.svg, x1, x2, band);
        segment.label(stage.svg, x1, x2, band);
        stage.svg.close("g");
    }
}
