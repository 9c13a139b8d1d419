package dev.whitewater.reports.page;

import dev.whitewater.checker.value.Padding;
import dev.whitewater.reports.picture.Texts;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The verdict in sentences that a newcomer understands. */
final class VerdictWords {

    private static final int MESSAGE_MAX = 1_200;

    private final RecordedRun run;
    private final Verdict verdict;
    private final Monitors monitors;

    VerdictWords(RunStory story, Monitors monitors) {
        this.run = story.run();
        this.verdict = run.verdict();
        this.monitors = monitors;
    }

    View.VerdictBar bar() {
        Verdict.Origin origin = verdict.origin();
        return switch (verdict.outcome()) {
            case PASSED -> bar("passed", "✓", "Everything held", passed());
            case VIOLATED ->
                    bar(
                            "violated",
                            "✗",
                            monitors.title(verdict.monitor(), fallbackTitle()),
                            violated(origin));
            case UNKNOWN ->
                    bar("unknown", "?", "No verdict", Texts.cutTelling(doubt(), MESSAGE_MAX));
        };
    }

    private View.VerdictBar bar(String css, String icon, String headline, String sentence) {
        Verdict.Origin origin = verdict.origin();
        return new View.VerdictBar(
                css,
                icon,
                Texts.cut(origin.scenario(), 80),
                Texts.cut(headline, 140),
                sentence,
                chips(origin),
                Texts.cut(origin.reproduce(), 400));
    }

    private List<View.Pair> chips(Verdict.Origin origin) {
        List<View.Pair> chips = new ArrayList<>();
        chips.add(new View.Pair("scenario", Texts.cut(origin.scenario(), 80)));
        chips.add(new View.Pair("seed", Texts.cut(origin.seed(), 40)));
        String bugs = origin.bugs().isEmpty() ? "none" : String.join(", ", origin.bugs());
        chips.add(new View.Pair("planted bugs", Texts.cut(bugs, 200)));
        if (!verdict.monitor().isEmpty()) {
            String name = verdict.monitorName();
            chips.add(
                    new View.Pair(
                            "monitor",
                            Texts.cut(verdict.monitor() + (isSaid(name) ? "" : " " + name), 80)));
        }
        chips.add(new View.Pair("servers", Integer.toString(run.members())));
        chips.add(new View.Pair("events", Clock.count(run.eventCount())));
        chips.add(new View.Pair("virtual time", Clock.span(run.endNanos())));
        chips.add(new View.Pair("trace hash", Texts.cut(origin.traceHash(), 40)));
        return chips;
    }

    private boolean isSaid(String name) {
        return verdict.monitor().contains(name);
    }

    private String passed() {
        long unknown = count(Operation.Outcome.UNKNOWN);
        return sceneSentence()
                + " Clients got "
                + answers(count(Operation.Outcome.OK))
                + "; "
                + (unknown == 0
                        ? "none was left in doubt"
                        : unknown == 1
                                ? "one was left in doubt"
                                : Clock.count(unknown) + " were left in doubt")
                + ". All of it fits one history: nothing that was acknowledged got lost, nothing"
                + " came out of order.";
    }

    private String violated(Verdict.Origin origin) {
        String planted =
                origin.bugs().isEmpty()
                        ? " No bug was planted."
                        : " A bug was planted on purpose ("
                                + Texts.cut(String.join(", ", origin.bugs()), 200)
                                + "), and this run caught it.";
        return sceneSentence() + planted;
    }

    /** "Three servers went through 2 crashes and 1 partition in 12.7 s of virtual time." */
    private String sceneSentence() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (FaultSpan fault : run.faults()) {
            kinds.merge(Texts.cut(fault.kind(), 40), 1, Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, count) -> parts.add(count + " × " + kind.replace('-', ' ')));
        String through = parts.isEmpty() ? "a calm stretch" : join(parts);
        return number(run.members())
                + (run.members() == 1 ? " server" : " servers")
                + " went through "
                + through
                + " in "
                + Clock.span(run.endNanos())
                + " of virtual time.";
    }

    private static String join(List<String> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }

    private static String number(int n) {
        String[] words = {"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"};
        return n < words.length ? words[n] : Integer.toString(n);
    }

    private static String answers(long count) {
        return count == 1 ? "one answer" : Clock.count(count) + " answers";
    }

    private String fallbackTitle() {
        if (verdict.monitor().startsWith("core:")) {
            return "A server found one of its own rules broken";
        }
        if (!verdict.monitorName().isEmpty()) {
            return "Broken: " + verdict.monitorName();
        }
        return verdict.monitor().isEmpty() ? "A rule was broken" : "Broken: " + verdict.monitor();
    }

    private String doubt() {
        return verdict.message().isEmpty()
                ? "The search ran out of its budget. That is not a pass."
                : verdict.message();
    }

    /** The sentences of the proof: the checker's about the operations, and the monitor's own. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (String text : List.of(verdict.evidence().text(), verdict.message())) {
            boolean told = findings.stream().anyMatch(f -> f.contains(text));
            if (!text.isEmpty() && !told) {
                findings.add(Texts.cutTelling(Padding.shortened(text), MESSAGE_MAX));
            }
        }
        return findings;
    }

    String checkedSentence() {
        if (verdict.outcome() == Verdict.Outcome.UNKNOWN) {
            return "The run came to no verdict: " + Texts.cutTelling(doubt(), MESSAGE_MAX);
        }
        return "After each of "
                + Clock.count(run.eventCount())
                + " events the monitors compared every server's inside with the rules below. At the"
                + " end the cluster had to answer and agree again, and the "
                + Clock.count(run.operations().size())
                + " operations of the clients were searched for an order that explains them all."
                + " Nothing fired.";
    }

    private long count(Operation.Outcome outcome) {
        return run.operations().stream().filter(op -> op.outcome() == outcome).count();
    }
}
