package dev.whitewater.checker.linear;

import java.util.List;

/** What a check found. Running out of a budget is never a pass. */
public sealed interface Verdict {
    /**
     * Some order explains every answer.
     *
     * @param methods the methods that decided, as "jit" or "zones"
     * @param orders one order per partition, if asked for
     */
    record Valid(List<String> methods, List<Order> orders) implements Verdict {
        public Valid {
            methods = List.copyOf(methods);
            orders = List.copyOf(orders);
        }
    }

    /** No order does. */
    record Invalid(List<String> methods, Witness witness) implements Verdict {
        public Invalid {
            methods = List.copyOf(methods);
        }
    }

    /** Nobody knows: {@code reason} says what ran out. */
    record Unknown(String reason) implements Verdict {}

    default boolean isValid() {
        return this instanceof Valid;
    }

    default boolean isInvalid() {
        return this instanceof Invalid;
    }
}
