package dev.whitewater.scenarios.io;

import dev.whitewater.sim.history.Detail;

/** What a line of a history says beyond its plain fields, as it stands there. */
final class Details {

    private Details() {}

    static Detail of(Item item) {
        return switch (item) {
            case Item.Table table ->
                    new Detail.Fields(
                            table.entries().stream()
                                    .map(e -> new Detail.Field(e.name(), of(e.value())))
                                    .toList());
            case Item.Sequence sequence ->
                    new Detail.Items(sequence.items().stream().map(Details::of).toList());
            case Item.Scalar scalar -> of(scalar);
        };
    }

    private static Detail of(Item.Scalar scalar) {
        return switch (scalar.kind()) {
            case WHOLE -> new Detail.Whole(Long.parseLong(scalar.text()));
            case TRUTH -> new Detail.Truth(Boolean.parseBoolean(scalar.text()));
            case NOTHING -> new Detail.Absent();
            case TEXT, DECIMAL -> new Detail.Text(scalar.text());
        };
    }
}
