package dev.whitewater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.scenarios.io.InputRefused;
import dev.whitewater.scenarios.io.Wording;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** All commands, and what becomes of their failures: one sentence and an exit code. */
final class Cli {
    private static final int WIDTH = 100;

    private Cli() {}

    static int execute(Screen screen, String... arguments) {
        CommandLine root = root(screen);
        root.setExecutionStrategy(parsed -> run(screen, parsed));
        return root.execute(arguments);
    }

    private static int run(Screen screen, CommandLine.ParseResult parsed) {
        int exitCode = new CommandLine.RunLast().execute(parsed);
        screen.out().flush();
        return exitCode;
    }

    private static CommandLine root(Screen screen) {
        CommandLine root = new CommandLine(new RootCommand(screen));
        root.addSubcommand(new DemoCommand(screen));
        root.addSubcommand(new RunCommand(screen));
        root.addSubcommand(
                new CommandLine(new ScenariosCommand(screen))
                        .addSubcommand(new ScenariosShowCommand(screen))
                        .addSubcommand("list", new ScenariosCommand(screen)));
        root.addSubcommand(new SwarmCommand(screen));
        root.addSubcommand(new ReplayCommand(screen));
        root.addSubcommand(
                new CommandLine(new BugsCommand(screen))
                        .addSubcommand(new BugsShowCommand(screen))
                        .addSubcommand(new BugsHuntCommand(screen))
                        .addSubcommand("list", new BugsCommand(screen)));
        root.addSubcommand(new ReportCommand(screen));
        root.addSubcommand(new CheckCommand(screen));
        root.addSubcommand(new ElleCommand(screen));
        root.addSubcommand(new DeterminismCommand(screen));
        root.addSubcommand(new ExploreCommand(screen));
        root.addSubcommand(new ServeCommand(screen));
        root.addSubcommand(new ChaosCommand(screen));
        root.addSubcommand(new InspectCommand(screen));
        root.addSubcommand(new BenchCommand(screen));
        configure(root, screen);
        return root;
    }

    private static void configure(CommandLine root, Screen screen) {
        root.setUsageHelpWidth(WIDTH);
        root.setOut(new PrintWriter(screen.out(), true, UTF_8));
        root.setErr(new PrintWriter(screen.err(), true, UTF_8));
        root.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        screen.outIsTerminal()
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setParameterExceptionHandler((e, a) -> wrongUsage(screen, e));
        root.setExecutionExceptionHandler((e, line, parsed) -> failed(screen, e));
    }

    /** The sentence, where more help is, and 64. */
    private static int wrongUsage(Screen screen, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        screen.error(firstLine(e.getMessage()) + suggestion(e) + "; see `" + command + " --help`.");
        return ExitCode.USAGE;
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
        String typed = unmatched.getUnmatched().getFirst();
        List<String> known =
                typed.startsWith("-")
                        ? List.copyOf(spec.optionsMap().keySet())
                        : List.copyOf(spec.subcommands().keySet());
        return Wording.didYouMean(typed, known);
    }

    /** Every other end that is not a verdict. */
    static int failed(Screen screen, Throwable e) {
        if (System.getenv("WHITEWATER_DEBUG") != null) {
            e.printStackTrace(screen.err());
        }
        return switch (e) {
            case InputRefused refused -> {
                screen.error(refused.getMessage());
                yield ExitCode.USAGE;
            }
            case Refused refused -> {
                screen.error(refused.getMessage());
                yield refused.exitCode();
            }
            case HistoryFormatException format -> {
                screen.error(format.getMessage());
                yield ExitCode.USAGE;
            }
            case UncheckedIOException io -> unreachable(screen, io.getCause());
            case IOException io -> unreachable(screen, io);
            default -> {
                screen.error(
                        "the tool itself failed: "
                                + firstLine(e.toString())
                                + " (set WHITEWATER_DEBUG=1 for where)");
                yield ExitCode.HARNESS_FAILED;
            }
        };
    }

    private static int unreachable(Screen screen, IOException e) {
        screen.error("a file could not be used: " + firstLine(e.toString()));
        return ExitCode.HARNESS_FAILED;
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
