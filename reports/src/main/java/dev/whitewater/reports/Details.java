package dev.whitewater.reports;

import dev.whitewater.sim.history.Detail;

import java.util.stream.Collectors;

/** What an operation asked for beyond key and value, for people. */
final class Details {

    private Details() {}

    /** {@code at 7, limit 2}; empty if there is nothing to say. */
    static String words(Detail.Fields fields) {
        return fields.fields().stream()
                .map(field -> field.name() + " " + words(field.value()))
                .collect(Collectors.joining(", "));
    }

    private static String words(Detail detail) {
        return switch (detail) {
            case Detail.Text(String text) -> text;
            case Detail.Whole(long number) -> Long.toString(number);
            case Detail.Truth(boolean truth) -> truth ? "yes" : "no";
            case Detail.Absent() -> "nothing";
            case Detail.Items items ->
                    items.items().stream()
                            .map(Details::words)
                            .collect(Collectors.joining("; ", "[", "]"));
            case Detail.Fields fields -> "(" + words(fields) + ")";
        };
    }
}
