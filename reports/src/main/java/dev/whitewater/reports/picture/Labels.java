package dev.whitewater.reports.picture;

import dev.whitewater.checker.value.Padding;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;

import java.util.Locale;

/** How operations are written wherever they appear: {@code put(k0, v17)} → {@code revision 168}. */
public final class Labels {

    private static final int DATA = 40;
    private static final int PADDED = 4_000;

    private Labels() {}

    /** The call, as the client made it. */
    public static String call(Operation op) {
        String key = data(op.key());
        String value = data(op.value());
        return switch (op.kind()) {
            case "put" -> "put(" + key + ", " + value + ")";
            case "cas" -> "cas(" + key + ", " + data(op.expected()) + " → " + value + ")";
            default -> data(op.kind()) + "(" + (value.isEmpty() ? key : key + ": " + value) + ")";
        };
    }

    /** What the client was told. */
    public static String answer(Operation op) {
        return switch (op.outcome()) {
            case OK -> {
                String result = op.result().isEmpty() ? "ok" : data(op.result());
                yield op.revision() == Event.NONE ? result : result + " @ rev " + op.revision();
            }
            case REFUSED -> "refused" + because(op);
            case UNKNOWN -> "unknown" + because(op);
        };
    }

    private static String because(Operation op) {
        return op.result().isEmpty() ? "" : ": " + data(op.result());
    }

    /** The outcome as a sign, so that colour is never alone. */
    public static String icon(Operation op) {
        return switch (op.outcome()) {
            case OK -> "✓";
            case REFUSED -> "⊘";
            case UNKNOWN -> "?";
        };
    }

    private static String data(String text) {
        return Texts.cut(Padding.shortened(Texts.cut(text, PADDED)), DATA);
    }

    public static String outcome(Operation op) {
        return css(op.outcome());
    }

    static String css(Operation.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
