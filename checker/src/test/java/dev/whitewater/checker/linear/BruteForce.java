package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Step;

import java.util.ArrayList;
import java.util.List;

/** Tries every order; the judge of judges. Knows nothing of partitions, hints or bits. */
final class BruteForce {
    private BruteForce() {}

    static <S> boolean isLinearizable(History history, Model<S> model) {
        List<Operation> left = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (!history.isFail(operation.id())) {
                left.add(operation);
            }
        }
        return search(history, model, model.initial(), left);
    }

    private static <S> boolean search(
            History history, Model<S> model, S state, List<Operation> left) {
        if (left.stream().noneMatch(Operation::isOk)) {
            return true;
        }
        for (Operation next : left) {
            boolean mayGoFirst =
                    left.stream()
                            .noneMatch(o -> history.completion(o.id()) < history.call(next.id()));
            if (mayGoFirst && model.step(state, next) instanceof Step.Next<S>(S after)) {
                List<Operation> rest = new ArrayList<>(left);
                rest.remove(next);
                if (search(history, model, after, rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether this order explains the history: nothing answered missing, real time respected. */
    static <S> boolean isExplanation(History history, Model<S> model, List<Integer> order) {
        S state = model.initial();
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if (history.completion(order.get(j)) < history.call(order.get(i))) {
                    return false;
                }
            }
            if (!(model.step(state, history.operation(order.get(i)))
                    instanceof Step.Next<S>(S after))) {
                return false;
            }
            state = after;
        }
        return true;
    }
}
