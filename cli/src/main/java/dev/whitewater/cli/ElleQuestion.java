package dev.whitewater.cli;

import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.ElleOptions.Order;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.scenarios.io.Wording;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a user asks of a history of transactions: Elle's options by Elle's names. */
final class ElleQuestion {
    private static final int MODELS_SHOWN = 8;

    @Option(
            names = {"--consistency", "--consistency-models"},
            paramLabel = "MODEL",
            split = ",",
            description =
                    "What is expected to hold; several with commas or repeated, 'none' for only"
                            + " --anomalies (default: strict-serializable).")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--anomalies",
            paramLabel = "NAME",
            split = ",",
            description = "What must not be there besides, such as G0 or lost-update.")
    private List<String> anomalies = new ArrayList<>();

    @Option(
            names = "--additional-graphs",
            paramLabel = "ORDER",
            split = ",",
            description = "Orders to use in any case: process, realtime.")
    private List<String> orders = new ArrayList<>();

    @Option(
            names = "--sequential-keys",
            description = "rw-register: each key alone is sequentially consistent.")
    private boolean sequentialKeys;

    @Option(
            names = "--linearizable-keys",
            description = "rw-register: each key alone is linearizable.")
    private boolean linearizableKeys;

    @Option(
            names = "--wfr-keys",
            description = "rw-register: within a transaction, a write replaces what was read.")
    private boolean writesFollowReads;

    @Option(
            names = "--transaction-order",
            description =
                    "rw-register: the events' :revision (or \"revision\") is the order in which"
                            + " transactions took effect.")
    private boolean revisions;

    @Option(
            names = "--max-findings",
            paramLabel = "N",
            description = "Of how many instances of one anomaly to give the proof (default: 64).")
    private int findingsMax = ElleOptions.defaults().findingsMax();

    ElleOptions options() {
        if (findingsMax < 1) {
            throw Refused.usage("--max-findings must be at least 1, not " + findingsMax + ".");
        }
        ElleOptions options = ElleOptions.defaults();
        if (!models.isEmpty()) {
            options = options.expecting(models().toArray(ConsistencyModel[]::new));
        }
        Keys keys = new Keys(sequentialKeys, linearizableKeys, writesFollowReads, revisions);
        return options.without(anomalies().toArray(Anomaly[]::new))
                .using(orders().toArray(Order[]::new))
                .assuming(keys)
                .withFindingsMax(findingsMax);
    }

    /** The expected models by the names that the user knows them by. */
    List<String> expected() {
        if (models.isEmpty()) {
            return List.of("strict-serializable");
        }
        return models.equals(List.of("none"))
                ? List.of()
                : models.stream().map(ElleQuestion::plain).toList();
    }

    private Stream<ConsistencyModel> models() {
        if (models.equals(List.of("none"))) {
            return Stream.empty();
        }
        List<String> known =
                Stream.of(ConsistencyModel.values())
                        .flatMap(model -> model.names().stream())
                        .toList();
        return models.stream()
                .map(name -> named("--consistency", name, known, ConsistencyModel::named));
    }

    private Stream<Anomaly> anomalies() {
        List<String> known = Stream.of(Anomaly.values()).map(Anomaly::label).toList();
        return anomalies.stream().map(name -> named("--anomalies", name, known, Anomaly::named));
    }

    private Stream<Order> orders() {
        return orders.stream()
                .map(
                        name ->
                                named(
                                        "--additional-graphs",
                                        name,
                                        List.of("process", "realtime"),
                                        known -> Order.valueOf(known.toUpperCase(Locale.ROOT))));
    }

    /** Names are taken with Clojure's colon as well. */
    private static String plain(String name) {
        return name.startsWith(":") ? name.substring(1) : name;
    }

    private static <T> T named(
            String option, String typed, List<String> known, Function<String, T> lookUp) {
        String name = plain(typed);
        if (known.contains(name)) {
            return lookUp.apply(name);
        }
        List<String> near = Wording.nearest(name, known);
        String expected =
                !near.isEmpty()
                        ? " (did you mean " + Wording.anyOf(near) + "?)"
                        : ", expected a name such as "
                                + Wording.anyOf(
                                        known.subList(0, Math.min(MODELS_SHOWN, known.size())));
        throw Refused.usage(option + ": unknown name \"" + typed + "\"" + expected + ".");
    }
}
