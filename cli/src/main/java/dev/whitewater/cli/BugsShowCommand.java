package dev.whitewater.cli;

import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.Wording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Explains one bug: what the wrong code does, who found it, what catches it.",
        footer = "  ./whitewater bugs show read-no-confirm")
final class BugsShowCommand extends CommandDefaults {

    @Parameters(index = "0", paramLabel = "ID", description = "An id that `bugs` lists.")
    private String id = "";

    BugsShowCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!BugCatalogue.ids().contains(id)) {
            throw PlanOptions.unknownBug(id);
        }
        Bug bug = BugCatalogue.byId(id);
        screen().line(screen().bold(bug.title()) + "  (" + id + ")");
        screen().line();
        screen().line(bug.story());
        screen().line();
        screen().line("source      " + bug.source());
        screen().line("caught by   " + Wording.anyOf(bug.monitors()));
        screen().line(
                        "try it      ./whitewater swarm --seeds 1..2000 --bug "
                                + id
                                + " --stop-at-first");
        return ExitCode.PASSED;
    }
}
