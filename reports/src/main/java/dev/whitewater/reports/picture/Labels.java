package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;

import java.util.Locale;

/** How operations are written wherever they appear: {@code put(k0, v17)} → {@code revision 168}. */
public final class Labels {

    private static final int DATA = 40;

    private Labels() {}

    /** The call, as the client made it. */
    public static String call(Operation op) {
        String key = Texts.cut(op.key(), DATA);
        String value = Texts.cut(op.value(), DATA);
        return switch (op.kind()) {
            case "put" -> "put(" + key + ", " + value + ")";
            case "cas" ->
                    "cas(" + key + ", " + Texts.cut(op.expected(), DATA) + " → " + value + ")";
            default -> Texts.cut(op.kind(), DATA) + "(" + key + ")";
        };
    }

    /** What the client was told. */
    public static String answer(Operation op) {
        return switch (op.outcome()) {
            case OK -> {
                String result = op.result().isEmpty() ? "ok" : Texts.cut(op.result(), DATA);
                yield op.revision() == Event.NONE ? result : result + " @ rev " + op.revision();
            }
            case REFUSED -> "refused" + because(op);
            case UNKNOWN -> "unknown" + because(op);
        };
    }

    private static String because(Operation op) {
        return op.result().isEmpty() ? "" : ": " + Texts.cut(op.result(), DATA);
    }

    /** The outcome as a sign, so that colour is never alone. */
    public static String icon(Operation op) {
        return switch (op.outcome()) {
            case OK -> "✓";
            case REFUSED -> "⊘";
            case UNKNOWN -> "?";
        };
    }

    public static String outcome(Operation op) {
        return css(op.outcome());
    }

    static String css(Operation.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
