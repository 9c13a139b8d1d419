package dev.whitewater.cli;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.Benchmarks;
import dev.whitewater.bench.Row;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.Wording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;

@Command(
        name = "bench",
        description = {
            "Measures; without a name, lists what can be measured.",
            "CPU seconds are the whole process's; compare figures of one run, machines are noisy."
        },
        footer = {"  ./whitewater bench", "  ./whitewater bench raft --json"})
final class BenchCommand extends CommandDefaults {
    private static final int WIDTH = 12;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to measure.")
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object per row.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "Small sizes and hardly any warm-up: shows that it works.")
    private boolean quick;

    BenchCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (name.isEmpty()) {
            list();
            return ExitCode.PASSED;
        }
        Benchmark benchmark = chosen();
        if (!json) {
            header(benchmark);
        }
        benchmark.run(new Benchmark.Options(quick), row -> print(benchmark, row));
        return ExitCode.PASSED;
    }

    private void list() {
        for (Benchmark benchmark : Benchmarks.all()) {
            if (json) {
                screen().line(
                                Json.object(
                                        o ->
                                                o.text("name", benchmark.name())
                                                        .text("summary", benchmark.summary())));
            } else {
                screen().line(left(benchmark.name(), WIDTH) + benchmark.summary());
            }
        }
    }

    private Benchmark chosen() {
        List<String> names = Benchmarks.all().stream().map(Benchmark::name).toList();
        return Benchmarks.all().stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.usage(
                                        "NAME: expected "
                                                + Wording.anyOf(names)
                                                + ", found \""
                                                + name
                                                + "\""
                                                + Wording.didYouMean(name, names)
                                                + "."));
    }

    private void header(Benchmark benchmark) {
        screen().line(benchmark.summary());
        screen().line();
        int widest =
                benchmark.columns().stream().mapToInt(c -> c.key().length()).max().orElse(0) + 2;
        for (Benchmark.Column column : benchmark.columns()) {
            screen().line("  " + left(column.key(), widest) + column.meaning());
        }
        screen().line();
        StringBuilder line = new StringBuilder();
        for (Benchmark.Column column : benchmark.columns()) {
            line.append(right(column.key(), width(column)));
        }
        screen().line(screen().bold(line.toString()));
    }

    private void print(Benchmark benchmark, Row row) {
        if (json) {
            screen().line(
                            Json.object(
                                    o -> row.values().forEach((key, value) -> put(o, key, value))));
        } else {
            StringBuilder line = new StringBuilder();
            for (Benchmark.Column column : benchmark.columns()) {
                Object value = row.values().getOrDefault(column.key(), "");
                line.append(right(shown(value), width(column)));
            }
            screen().line(line.toString());
        }
        screen().out().flush();
    }

    private static void put(Json out, String key, Object value) {
        switch (value) {
            case Long number -> out.number(key, number);
            case Double number -> out.decimal(key, number);
            case Boolean truth -> out.truth(key, truth);
            default -> out.text(key, value.toString());
        }
    }

    /** Three digits that matter are more than such a figure holds. */
    private static String shown(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, number < 100 ? "%.3g" : "%,.0f", number);
        }
        return value instanceof Long number
                ? String.format(Locale.ROOT, "%,d", number)
                : value.toString();
    }

    private static int width(Benchmark.Column column) {
        return Math.max(WIDTH, column.key().length() + 2);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }
}
