package dev.whitewater.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** What every command has. */
@Command(
        mixinStandardHelpOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n")
abstract class CommandDefaults implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, nobody at the field
    private boolean help;

    @Spec private CommandSpec spec;

    private final Screen screen;

    CommandDefaults(Screen screen) {
        this.screen = screen;
    }

    final Screen screen() {
        return screen;
    }

    final CommandSpec spec() {
        return spec;
    }
}
