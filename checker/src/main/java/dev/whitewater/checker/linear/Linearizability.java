package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.revision.RevisionOrder;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.search.WingGong;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Whether a history of concurrent operations could have come from a model that does one operation
 * at a time, each at some instant between its call and its return (Herlihy and Wing, 1990).
 *
 * <pre>{@code
 * History history = HistoryReader.parse(text);
 * Verdict verdict = Linearizability.check(history, Models.casRegister());
 * assertTrue(verdict.isValid(), () -> verdict.toString());
 * }</pre>
 */
public final class Linearizability {
    private static final String WGL = "wgl";

    private Linearizability() {}

    /** Checks with {@link Options#DEFAULT}. */
    public static Verdict check(History history, Model<?> model) {
        return check(history, model, Options.DEFAULT);
    }

    public static Verdict check(History history, Model<?> model, Options options) {
        boolean byRevision = model.equals(Models.etcdKv()) && RevisionOrder.canJudge(history);
        if (byRevision && options.algorithm() == Algorithm.AUTO) {
            return ByRevision.check(history);
        }
        List<Part> parts = Part.of(history, model);
        List<Supplier<Judgement>> tasks = new ArrayList<>();
        for (Part part : parts) {
            tasks.add(() -> judge(part, options));
        }
        return combined(history, options.parallel().all(tasks), options);
    }

    /** One partition's result, with the method that found it. */
    private record Judgement(Part part, String method, SearchResult result) {}

    private static Judgement judge(Part part, Options options) {
        return switch (options.algorithm()) {
            case WGL -> new Judgement(part, WGL, WingGong.search(part, options.budget()));
            case JIT, AUTO -> new Judgement(part, "jit", JustInTime.search(part, options.budget()));
        };
    }

    private static Verdict combined(History history, List<Judgement> found, Options options) {
        List<Order> orders = new ArrayList<>();
        List<String> methods = new ArrayList<>();
        Judgement worst = null;
        String unknown = "";
        for (Judgement judgement : found) {
            if (!methods.contains(judgement.method())) {
                methods.add(judgement.method());
            }
            switch (judgement.result()) {
                case SearchResult.Found(int[] order) -> {
                    if (options.explain()) {
                        orders.add(new Order(judgement.part().key(), ids(judgement.part(), order)));
                    }
                }
                case SearchResult.Stuck stuck -> worst = earlier(worst, judgement, stuck);
                case SearchResult.GaveUp(String reason) -> unknown = reason;
            }
        }
        if (worst != null) {
            return invalid(history, worst, methods, options);
        }
        return unknown.isEmpty()
                ? new Verdict.Valid(methods, orders)
                : new Verdict.Unknown(unknown);
    }

    /** Of two broken partitions the one that breaks first in real time. */
    private static Judgement earlier(Judgement known, Judgement other, SearchResult.Stuck stuck) {
        if (known == null) {
            return other;
        }
        SearchResult.Stuck before = (SearchResult.Stuck) known.result();
        int knownEvent = known.part().completion(before.operation());
        return knownEvent <= other.part().completion(stuck.operation()) ? known : other;
    }

    private static Verdict invalid(
            History history, Judgement broken, List<String> methods, Options options) {
        Part part = broken.part();
        SearchResult.Stuck stuck = earliest(broken, options);
        Explanation explanation = Explanation.of(history, part, stuck, options.budget());
        return new Verdict.Invalid(
                methods,
                new Witness(
                        explanation.rule(),
                        explanation.sentence(),
                        explanation.operations(),
                        part.key(),
                        part.id(stuck.operation()),
                        ids(part, stuck.prefix())));
    }

    /** Depth first finds that there is no order, but not where in time the last one ends. */
    private static SearchResult.Stuck earliest(Judgement broken, Options options) {
        SearchResult.Stuck stuck = (SearchResult.Stuck) broken.result();
        if (!broken.method().equals(WGL)) {
            return stuck;
        }
        return switch (JustInTime.search(broken.part(), options.budget())) {
            case SearchResult.Stuck first -> first;
            case SearchResult.GaveUp _ -> stuck;
            case SearchResult.Found _ ->
                    throw new IllegalStateException("the two searches disagree on this history");
        };
    }

    private static List<Integer> ids(Part part, int[] order) {
        return IntStream.of(order).map(part::id).boxed().toList();
    }
}
