package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * A specification in which an operation may lead to several states. {@link Models#deterministic}
 * makes a {@link Model} of it, whose states are sets of these.
 */
public interface NondeterministicModel<S> {
    String name();

    List<S> initials();

    /** All states that the operation may lead to; none: it can't have given its answer. */
    List<S> step(S state, Operation operation);

    /** As {@link Model#partition}. */
    default Value partition(Operation operation) {
        return Value.NIL;
    }

    /** As {@link Model#readOnly}; must hold for every state that a read allows to stay. */
    default boolean readOnly(Operation operation) {
        return false;
    }
}
