package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

/**
 * A sequential specification: what one client alone would see. States are immutable.
 *
 * <p>{@link #step} is asked about operations that were answered ({@code isOk()}) and about such
 * that were not; for the latter the output means nothing and any output must be allowed. Refused
 * operations ({@code FAIL}) never get here.
 *
 * @param <S> the state; compared by {@link #same} and {@link #hash}
 */
public interface Model<S> {
    /** The name the command line knows it by. */
    String name();

    S initial();

    Step<S> step(S state, Operation operation);

    /**
     * The independent part of the system that the operation touches; operations of different parts
     * are judged apart (P-compositionality, Horn and Kroening 2015). Nil: there is one part only.
     */
    default Value partition(Operation operation) {
        return Value.NIL;
    }

    /**
     * Whether {@link #step} never changes the state for this operation. Only a hint that saves
     * work, but a wrong true makes wrong verdicts.
     */
    default boolean readOnly(Operation operation) {
        return false;
    }

    /**
     * Whether {@link #step} allows this operation in every state and leads to the same state from
     * all, as a plain write does. Only a hint that saves work, but a wrong true makes wrong
     * verdicts.
     */
    default boolean overwrites(Operation operation) {
        return false;
    }

    default boolean same(S one, S other) {
        return one.equals(other);
    }

    default int hash(S state) {
        return state.hashCode();
    }

    /** The state in words, for witnesses. */
    default String describe(S state) {
        return state.toString();
    }

    /** The operation in words, for witnesses. */
    default String describe(Operation operation) {
        return operation.toString();
    }
}
