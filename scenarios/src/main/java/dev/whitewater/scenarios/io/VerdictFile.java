package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.RunOutcome;

import java.util.List;

/** {@code verdict.json}, which is also what {@code run --json} prints. */
public final class VerdictFile {

    /** The system under test, until there are others. */
    public static final String SUT = "whitewater";

    private static final int FORMAT = 1;
    private static final double NANOS_PER_SECOND = 1e9;

    static final List<String> FIELDS =
            List.of(
                    "format",
                    "scenario",
                    "seed",
                    "bugs",
                    "rapids",
                    "sut",
                    "verdict",
                    "exitCode",
                    "monitor",
                    "monitorName",
                    "message",
                    "event",
                    "evidence",
                    "events",
                    "operations",
                    "leaderChanges",
                    "virtualSeconds",
                    "cpuSeconds",
                    "traceHash",
                    "folder",
                    "reproduce",
                    "title",
                    "story",
                    "teaches",
                    "mustShow",
                    "question");

    private VerdictFile() {}

    /**
     * What a verdict says besides the outcome.
     *
     * @param folder as the reader of the verdict finds it, or empty for none
     */
    public record Circumstances(double cpuSeconds, String folder) {}

    /** What can be compared with another run. */
    public record Saved(
            String scenario,
            String verdict,
            int exitCode,
            String monitor,
            String message,
            String traceHash,
            String reproduce) {}

    public static String write(RunOutcome outcome, Circumstances circumstances) {
        return Json.object(json -> fields(json, outcome, circumstances));
    }

    /** The same without the prose, for lists of runs. */
    public static String brief(RunOutcome outcome, double cpuSeconds) {
        Circumstances circumstances = new Circumstances(cpuSeconds, "");
        return Json.object(json -> head(json, outcome, circumstances));
    }

    /** A trace hash as verdicts show it. */
    public static String hash(long traceHash) {
        String digits = Long.toHexString(traceHash);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static void fields(Json json, RunOutcome outcome, Circumstances circumstances) {
        head(json, outcome, circumstances);
        var scenario = outcome.run().scenario();
        json.text("title", scenario.title()).text("story", scenario.story());
        json.text("teaches", scenario.teaches());
        json.list("mustShow", outcome.claims(), VerdictFile::claim);
        if (outcome.answer().isGiven()) {
            json.fields("question", q -> answer(q, outcome.answer()));
        }
    }

    private static void head(Json json, RunOutcome outcome, Circumstances circumstances) {
        Judgement judgement = outcome.judgement();
        var scenario = outcome.run().scenario();
        json.number("format", FORMAT).text("scenario", scenario.name());
        json.number("seed", scenario.plan().seed()).texts("bugs", outcome.run().bugs());
        nullable(json, "rapids", outcome.run().rapids());
        json.text("sut", SUT).text("verdict", judgement.kind().word());
        json.number("exitCode", judgement.kind().exitCode());
        nullable(json, "monitor", judgement.monitor());
        nullable(json, "monitorName", judgement.monitorName());
        json.text("message", judgement.message());
        if (judgement.event() > 0) {
            json.number("event", judgement.event());
        } else {
            json.nothing("event");
        }
        json.fields(
                "evidence",
                e ->
                        e.numbers("operations", judgement.evidence().operations())
                                .text("text", judgement.evidence().text()));
        measures(json, outcome, circumstances);
        json.text("reproduce", outcome.run().reproduce());
    }

    private static void measures(Json json, RunOutcome outcome, Circumstances circumstances) {
        var counters = outcome.result().counters();
        json.number("events", outcome.result().events());
        json.fields(
                "operations",
                o ->
                        o.number("ok", counters.operations().ok())
                                .number("refused", counters.operations().refused())
                                .number("unknown", counters.operations().unknown()));
        json.number("leaderChanges", counters.leaderChanges());
        json.decimal("virtualSeconds", outcome.result().virtualNanos() / NANOS_PER_SECOND);
        json.decimal("cpuSeconds", circumstances.cpuSeconds());
        json.text("traceHash", hash(outcome.result().traceHash()));
        nullable(json, "folder", circumstances.folder());
    }

    private static void claim(Json json, RunOutcome.ClaimResult claim) {
        json.text("claim", claim.claim().sentence())
                .truth("shown", claim.shown())
                .text("found", claim.found());
    }

    private static void answer(Json json, RunOutcome.Answer answer) {
        json.number("moment", answer.moment())
                .text("asks", answer.asks())
                .text("answer", answer.answer())
                .numbers("because", answer.because());
    }

    private static void nullable(Json json, String name, String text) {
        if (text.isEmpty()) {
            json.nothing(name);
        } else {
            json.text(name, text);
        }
    }

    static Saved read(String file, byte[] bytes) {
        Item root = LocatedReader.json(file, bytes, "a verdict");
        Fields f = Fields.of(root, "", false, FIELDS);
        f.whole("format", FORMAT, FORMAT);
        String hash = f.text("traceHash");
        if (hash.length() != 16) {
            throw InputRefused.expected(
                    f.item("traceHash").place(),
                    "traceHash",
                    "16 hexadecimal digits",
                    f.item("traceHash").describe());
        }
        return new Saved(
                f.text("scenario"),
                f.oneOf("verdict", List.of("passed", "violated", "unknown")),
                (int) f.whole("exitCode", 0, 255),
                f.scalarOrEmpty("monitor"),
                f.text("message"),
                hash,
                f.text("reproduce"));
    }
}
