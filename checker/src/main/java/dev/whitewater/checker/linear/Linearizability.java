package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.revision.RevisionOrder;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.search.WingGong;
import dev.whitewater.checker.zone.Zones;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
    private Linearizability() {}

    /** Checks with {@link Options#DEFAULT}. */
    public static Verdict check(History history, Model<?> model) {
        return check(history, model, Options.DEFAULT);
    }

    /** Checks as asked. Running out of the budget is {@link Verdict.Unknown}, never a pass. */
    public static Verdict check(History history, Model<?> model, Options options) {
        try (Purse purse = new Purse(options.budget())) {
            return check(history, model, options, purse);
        } catch (Exhausted e) {
            return new Verdict.Unknown(e.getMessage());
        }
    }

    private static Verdict check(History history, Model<?> model, Options options, Purse purse) {
        boolean auto = options.algorithm() == Algorithm.AUTO;
        boolean byRevision = model.equals(Models.etcdKv()) && RevisionOrder.canJudge(history);
        EtcdCheck etcd = new EtcdCheck(history, options, purse);
        if (options.algorithm() == Algorithm.REVISION) {
            return etcd.byRevision();
        }
        if (EtcdCheck.wants(history, model)) {
            return etcd.whole();
        }
        if (auto && byRevision) {
            return etcd.byRevision();
        }
        if (auto && model instanceof RegisterModel register) {
            return checkRegisters(history, register, options, purse);
        }
        List<Part> parts = Part.of(history, model, _ -> true, purse);
        return Combination.of(history, search(parts, options), options);
    }

    /** By zones where they apply, and by search for what is left. */
    private static Verdict checkRegisters(
            History history, RegisterModel model, Options options, Purse purse) {
        Zones zones = Zones.judge(history, model, options.explain(), purse, options.parallel());
        boolean[] left = new boolean[history.values().size()];
        for (int key : zones.left()) {
            left[key] = true;
        }
        List<Part> parts =
                zones.left().isEmpty()
                        ? List.of()
                        : Part.of(history, model, op -> left[history.key(op)], purse);
        List<Judgement> found = new ArrayList<>(search(parts, options));
        for (Zones.KeyOrder order : zones.orders()) {
            found.add(Judgement.ordered(history.value(order.key()), order.operations()));
        }
        for (Zones.Clash clash : zones.clash()) {
            found.add(Judgement.clashing(history, model, clash));
        }
        if (zones.decided() > 0) {
            found.add(Judgement.NOTHING_WRONG_BY_ZONES);
        }
        return Combination.of(history, found, options);
    }

    private static List<Judgement> search(List<Part> parts, Options options) {
        return search(parts, options, Long.MAX_VALUE);
    }

    /** Searches all parts, giving up on each after so many steps. */
    static List<Judgement> search(List<Part> parts, Options options, long most) {
        List<Supplier<Judgement>> tasks = new ArrayList<>();
        for (Part part : parts) {
            tasks.add(() -> judge(part, options, most));
        }
        return options.parallel().all(tasks);
    }

    private static Judgement judge(Part part, Options options, long most) {
        return switch (options.algorithm()) {
            case WGL -> Judgement.of(part, "wgl", WingGong.search(part, options.budget(), most));
            case JIT -> Judgement.of(part, "jit", JustInTime.search(part, options.budget(), most));
            case AUTO -> Turns.judge(part, options.budget(), most);
            case REVISION -> throw new IllegalStateException("revisions need no search");
        };
    }
}
