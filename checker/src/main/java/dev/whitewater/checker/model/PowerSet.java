package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.LinkedHashSet;
import java.util.Set;

/** All states that a nondeterministic model may be in, as one state. */
record PowerSet<S>(NondeterministicModel<S> model) implements Model<Set<S>> {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Set<S> initial() {
        return new LinkedHashSet<>(model.initials());
    }

    @Override
    public Step<Set<S>> step(Set<S> states, Operation operation) {
        Set<S> after = new LinkedHashSet<>();
        for (S state : states) {
            after.addAll(model.step(state, operation));
        }
        return after.isEmpty()
                ? Step.refused("it can't have this answer in any of the states " + states)
                : Step.next(after);
    }

    @Override
    public Value partition(Operation operation) {
        return model.partition(operation);
    }
}
