package dev.whitewater.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(
        name = "whitewater",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        subcommands = CommandLine.HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An etcd written to be broken on purpose: run it, break it, see why.",
        footer = {
            "",
            "Example: ./whitewater demo",
            "",
            "Exit codes: 0 pass, 2 safety violated, 3 liveness violated, 4 unknown, 5 the system"
                    + " under test crashed, 6 this tool failed, 64 wrong usage or input."
        })
final class RootCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec private CommandSpec spec;

    RootCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        screen.line(spec.commandLine().getUsageMessage().stripTrailing());
        return ExitCode.PASSED;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {"whitewater " + (version == null ? "(not packaged)" : version)};
        }
    }
}
