package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The verdict over all partitions: a history is linearizable if every part of it is (Herlihy and
 * Wing's locality).
 */
final class Combination {
    /** What finding the first return that breaks may cost, once the verdict is known. */
    private static final long MOST_STEPS = 1 << 21;

    private Combination() {}

    static Verdict of(History history, List<Judgement> found, Options options) {
        List<String> methods = found.stream().map(Judgement::method).distinct().sorted().toList();
        Optional<Judgement.Refuted> first =
                found.stream()
                        .filter(Judgement.Refuted.class::isInstance)
                        .map(Judgement.Refuted.class::cast)
                        .min(Comparator.comparingInt(Judgement.Refuted::event));
        if (first.isPresent()) {
            Witness witness =
                    switch (first.get()) {
                        case Judgement.Proved proved -> proved.witness();
                        case Judgement.Broken broken -> witness(history, broken, options);
                    };
            return new Verdict.Invalid(methods, witness);
        }
        List<Order> orders = new ArrayList<>();
        for (Judgement judgement : found) {
            switch (judgement) {
                case Judgement.GaveUp gaveUp -> {
                    return new Verdict.Unknown(gaveUp.reason());
                }
                case Judgement.Ordered(String _, Value partition, List<Integer> operations) -> {
                    if (options.explain() && !operations.isEmpty()) {
                        orders.add(new Order(partition, operations));
                    }
                }
                case Judgement.Broken _, Judgement.Proved _ ->
                        throw new IllegalStateException("already told");
            }
        }
        return new Verdict.Valid(methods, orders);
    }

    /**
     * Cuts the broken part down. Only a just-in-time search finds the first return that breaks, so
     * it is asked again after a depth-first one.
     */
    private static Witness witness(History history, Judgement.Broken broken, Options options) {
        return switch (JustInTime.search(broken.part(), options.budget(), MOST_STEPS)) {
            case SearchResult.Stuck stuck -> {
                Explanation why = Explanation.of(history, broken.part(), stuck, options.budget());
                boolean depthFirst = broken.method().equals("wgl");
                Judgement.Broken told =
                        depthFirst
                                ? (Judgement.Broken) Judgement.of(broken.part(), "jit", stuck)
                                : broken;
                yield new Witness(
                        why.rule(),
                        why.sentence(),
                        why.operations(),
                        broken.part().key(),
                        told.stuckAt(),
                        told.prefix());
            }
            case SearchResult.GaveUp(String reason) -> unexplained(history, broken, reason);
            case SearchResult.Found _ ->
                    throw new IllegalStateException("two methods disagree on this history");
        };
    }

    private static Witness unexplained(History history, Judgement.Broken broken, String reason) {
        return new Witness(
                "no-order",
                "There is no order, and to say more was too much: " + reason + ".",
                List.of(history.operation(broken.stuckAt())),
                broken.part().key(),
                broken.stuckAt(),
                broken.prefix());
    }
}
