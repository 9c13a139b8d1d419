package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

/**
 * A lock with {@code acquire} and {@code release}. A fenced one answers every acquire with a token
 * greater than all before.
 */
record Lock(boolean fenced) implements Model<Lock.State> {
    /** Whether somebody holds it, and the last token. */
    record State(boolean held, long token) {
        @Override
        public String toString() {
            return held ? "held" : "free";
        }
    }

    @Override
    public String name() {
        return fenced ? "fenced-mutex" : "mutex";
    }

    @Override
    public State initial() {
        return new State(false, Long.MIN_VALUE);
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Step<State> step(State state, Operation operation) {
        return switch (operation.function()) {
            case "acquire" -> acquire(state, operation);
            case "release" ->
                    state.held()
                            ? Step.next(new State(false, state.token()))
                            : Step.refused("it released a lock that nobody held");
            default -> throw new UnsupportedOperation(name(), operation, "acquire and release");
        };
    }

    private Step<State> acquire(State state, Operation operation) {
        if (state.held()) {
            return Step.refused("it acquired a lock that was held");
        }
        if (!fenced || !(operation.output() instanceof Value.Int(long token))) {
            return Step.next(new State(true, state.token()));
        }
        return token > state.token()
                ? Step.next(new State(true, token))
                : Step.refused(
                        "its token " + token + " is not greater than the last, " + state.token());
    }
}
