package dev.whitewater.cli;

import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Scenario;
import dev.whitewater.scenarios.io.VerdictFile;
import dev.whitewater.sim.Counters;

/** A run's outcome for a person. */
record OutcomeText(Screen screen) {
    private static final long TENTH = 100_000_000;

    void print(RunOutcome outcome) {
        Scenario scenario = outcome.run().scenario();
        screen.line(
                screen.bold(scenario.title())
                        + "  ("
                        + scenario.name()
                        + ", seed "
                        + scenario.plan().seed()
                        + planted(outcome)
                        + ")");
        screen.line("  " + numbers(outcome));
        for (RunOutcome.ClaimResult claim : outcome.claims()) {
            screen.line(
                    (claim.shown() ? screen.good("  ✓ ") : screen.bad("  ✗ "))
                            + claim.claim().sentence());
        }
        if (outcome.answer().isGiven()) {
            screen.line("  ? " + outcome.answer().asks());
            screen.line("    " + outcome.answer().answer());
        }
        verdict(outcome.judgement());
        screen.line("trace hash  " + VerdictFile.hash(outcome.result().traceHash()));
        screen.line("again       " + outcome.run().reproduce());
    }

    private static String planted(RunOutcome outcome) {
        return outcome.run().bugs().isEmpty()
                ? ""
                : ", planted: " + String.join(", ", outcome.run().bugs());
    }

    private static String numbers(RunOutcome outcome) {
        Counters counters = outcome.result().counters();
        long tenths = outcome.result().virtualNanos() / TENTH;
        return outcome.run().scenario().plan().cluster().members()
                + " members, "
                + tenths / 10
                + "."
                + tenths % 10
                + " s of virtual time, "
                + outcome.result().events()
                + " events, "
                + counters.leaderChanges()
                + " elections won, operations: "
                + counters.operations().ok()
                + " answered, "
                + counters.operations().refused()
                + " refused, "
                + counters.operations().unknown()
                + " unknown";
    }

    void verdict(Judgement judgement) {
        String word =
                switch (judgement.kind()) {
                    case PASSED -> screen.good("PASSED");
                    case SAFETY_VIOLATED -> screen.bad("VIOLATED");
                    case LIVENESS_VIOLATED -> screen.bad("STUCK");
                    case CRASHED -> screen.bad("CRASHED");
                    case UNKNOWN -> screen.doubtful("UNKNOWN");
                };
        String rule =
                judgement.monitor().isEmpty()
                        ? ""
                        : judgement.monitor() + " " + judgement.monitorName() + ": ";
        screen.line(word + "  " + rule + judgement.message());
        String evidence = judgement.evidence().text();
        if (!evidence.isEmpty() && !evidence.equals(judgement.message())) {
            screen.line("  what clients saw: " + evidence);
        }
    }
}
