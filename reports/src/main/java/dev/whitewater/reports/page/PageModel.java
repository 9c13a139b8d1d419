package dev.whitewater.reports.page;

import dev.whitewater.reports.picture.EvidencePicture;
import dev.whitewater.reports.picture.Picture;
import dev.whitewater.reports.picture.RunPicture;
import dev.whitewater.reports.picture.Texts;
import dev.whitewater.reports.picture.WindowPicture;
import dev.whitewater.reports.picture.Zoom;
import dev.whitewater.reports.run.Question;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works out what each part of the page says about a run. */
final class PageModel {

    private static final int PLAN_MAX = 64_000;
    private static final int PROSE_MAX = 4_000;

    private final RunStory story;
    private final RecordedRun run;
    private final Lines lines;
    private final Monitors monitors = new Monitors();

    PageModel(RunStory story) {
        this.story = story;
        this.run = story.run();
        this.lines = new Lines(story);
    }

    Map<String, Object> build() {
        Zoom zoom = Zoom.around(story);
        VerdictWords words = new VerdictWords(story, monitors);
        View.VerdictBar bar = words.bar();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("pageTitle", bar.icon() + " " + bar.scenario() + ": " + bar.headline());
        model.put("verdict", bar);
        model.put("parts", parts());
        model.put("evidence", evidence(words));
        model.put("question", question());
        model.put("story", Texts.cutTelling(run.story(), PROSE_MAX));
        model.put("teaches", Texts.cutTelling(run.teaches(), PROSE_MAX));
        model.put("runPicture", figure(RunPicture.draw(story, zoom)));
        model.put("windowPicture", figure(WindowPicture.draw(story, zoom, "window-picture")));
        model.put("windowTitle", windowTitle());
        model.put("windowSentence", windowSentence(zoom));
        model.put("state", lines.states(story.decisive()));
        model.put("stateSentence", stateSentence());
        model.put("moments", lines.moments());
        model.put("momentsSentence", lines.momentsSentence());
        OperationTable table = new OperationTable(story, zoom);
        model.put("operations", table.rows());
        model.put("operationsSentence", table.sentence());
        model.put("about", about());
        model.put("plan", Texts.cut(run.plan(), PLAN_MAX));
        model.put("planSentence", planSentence());
        return model;
    }

    private List<View.Pair> parts() {
        List<View.Pair> parts = new ArrayList<>();
        if (story.isViolated()) {
            parts.add(new View.Pair("evidence", "Evidence"));
        }
        if (run.question().isAsked()) {
            parts.add(new View.Pair("question", "Predict"));
        }
        parts.add(new View.Pair("timeline", "Whole run"));
        parts.add(new View.Pair("window", "Close up"));
        if (!story.isViolated()) {
            parts.add(new View.Pair("evidence", "What was checked"));
        }
        parts.add(new View.Pair("state", "Servers"));
        parts.add(new View.Pair("story", "Story"));
        parts.add(new View.Pair("operations", "Operations"));
        parts.add(new View.Pair("about", "Run it again"));
        return parts;
    }

    private View.Evidence evidence(VerdictWords words) {
        return new View.Evidence(
                story.isViolated(),
                words.findings(),
                Texts.cut(run.verdict().monitor(), 60),
                monitors.rule(run.verdict().monitor()),
                figure(EvidencePicture.draw(story)),
                lines.causes(),
                words.checkedSentence(),
                run.verdict().outcome() == Verdict.Outcome.PASSED ? monitors.always() : List.of());
    }

    private View.Question question() {
        Question question = run.question();
        return new View.Question(
                question.isAsked(),
                Texts.cutTelling(question.asks(), PROSE_MAX),
                Texts.cutTelling(question.answer(), PROSE_MAX),
                lines.timeOf(question.moment()),
                question.moment(),
                lines.states(question.moment() - 1),
                lines.of(question.because()));
    }

    private static View.Figure figure(Picture picture) {
        return new View.Figure(View.markup(picture.svg()), picture.folded());
    }

    private String windowTitle() {
        return story.isViolated() ? "Close up: where it broke" : "Close up: the decisive moment";
    }

    private String windowSentence(Zoom zoom) {
        return Clock.span(zoom.until() - zoom.from())
                + " of the run, from "
                + Clock.seconds(zoom.from())
                + " to "
                + Clock.seconds(zoom.until())
                + ". Time runs to the right; a line is a message, from the server and moment of"
                + " sending to the server and moment of arrival.";
    }

    private String stateSentence() {
        if (run.events().isEmpty()) {
            return "This run kept no trace, so there is nothing to show here.";
        }
        return "After event e"
                + story.decisive()
                + ", at "
                + Clock.seconds(story.decisiveNanos())
                + ". The last column counts entries that are in memory only: a crash at this"
                + " moment would take them.";
    }

    private String planSentence() {
        return run.plan().length() <= PLAN_MAX
                ? "Everything that decided this run, as the run folder has it."
                : "The first "
                        + Clock.count(PLAN_MAX)
                        + " of "
                        + Clock.count(run.plan().length())
                        + " characters; the rest is in the run folder's plan.yaml.";
    }

    private List<View.Pair> about() {
        Verdict.Origin origin = run.verdict().origin();
        List<View.Pair> about = new ArrayList<>();
        add(about, "Command", origin.reproduce());
        add(about, "Scenario", origin.scenario());
        add(about, "Seed", origin.seed());
        add(
                about,
                "Planted bugs",
                origin.bugs().isEmpty() ? "none" : String.join(", ", origin.bugs()));
        add(about, "Rapids", origin.rapids());
        add(about, "System under test", origin.sut());
        add(about, "Servers", Integer.toString(run.members()));
        add(about, "Events", Clock.count(run.eventCount()) + traceNote());
        add(about, "Virtual time", Clock.seconds(run.endNanos()));
        add(about, "Trace hash", origin.traceHash());
        add(about, "Exit code", Long.toString(run.verdict().exitCode()));
        return about;
    }

    private String traceNote() {
        long kept = run.events().size();
        if (kept == 0) {
            return ", of which the run folder keeps none";
        }
        return kept == run.eventCount()
                ? ""
                : ", of which the trace in the run folder holds " + Clock.count(kept) + " lines";
    }

    private static void add(List<View.Pair> list, String name, String value) {
        if (!value.isEmpty()) {
            list.add(new View.Pair(name, Texts.cutTelling(value, 400)));
        }
    }
}
