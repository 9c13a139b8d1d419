package dev.whitewater.checker.elle.model;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How models and anomalies hang together: which model promises which weaker one, which anomaly is a
 * special case of which, and which anomaly each model forbids. From the three, an anomaly that was
 * seen tells what the database is <em>not</em>, and a promise tells what must not be seen.
 *
 * <p>Sources: Adya's thesis (PL levels, G-classes), Bailis et al. "Highly Available Transactions",
 * Cerone et al. (CONCUR 2015, PODC 2016), Daudjee and Salem (strong session SI), Zuikevičiūtė and
 * Pedone (session serializability); the combination is the one Elle settled on.
 */
public final class Lattice {
    private static final Map<ConsistencyModel, Set<ConsistencyModel>> WEAKER = Relations.weaker();
    private static final Map<Anomaly, Set<Anomaly>> IMPLIED = Relations.implied();
    private static final Map<ConsistencyModel, Set<Anomaly>> FORBIDDEN = Relations.forbidden();

    private Lattice() {}

    /** These models and all they promise. */
    public static Set<ConsistencyModel> promisedBy(Collection<ConsistencyModel> models) {
        return closure(models, WEAKER, ConsistencyModel.class);
    }

    /** These models and all that promise one of them: what falls with them. */
    public static Set<ConsistencyModel> fallingWith(Collection<ConsistencyModel> models) {
        return closure(models, inverse(WEAKER, ConsistencyModel.class), ConsistencyModel.class);
    }

    /** These anomalies and all of which one of them is a case. */
    public static Set<Anomaly> impliedBy(Collection<Anomaly> anomalies) {
        return closure(anomalies, IMPLIED, Anomaly.class);
    }

    /** These anomalies and all that are a case of one of them. */
    public static Set<Anomaly> implying(Collection<Anomaly> anomalies) {
        return closure(anomalies, inverse(IMPLIED, Anomaly.class), Anomaly.class);
    }

    /** What must not be seen if all of these models hold. */
    public static Set<Anomaly> forbiddenBy(Collection<ConsistencyModel> models) {
        Set<Anomaly> direct = EnumSet.noneOf(Anomaly.class);
        for (ConsistencyModel model : promisedBy(models)) {
            direct.addAll(FORBIDDEN.getOrDefault(model, EnumSet.noneOf(Anomaly.class)));
        }
        return implying(direct);
    }

    /** The models that can't hold if these anomalies were seen. */
    public static Set<ConsistencyModel> ruledOutBy(Collection<Anomaly> anomalies) {
        Set<Anomaly> seen = impliedBy(anomalies);
        Set<ConsistencyModel> direct = EnumSet.noneOf(ConsistencyModel.class);
        FORBIDDEN.forEach(
                (model, forbidden) -> {
                    if (forbidden.stream().anyMatch(seen::contains)) {
                        direct.add(model);
                    }
                });
        return fallingWith(direct);
    }

    /** The members that promise no other member. */
    public static Set<ConsistencyModel> weakest(Collection<ConsistencyModel> models) {
        Set<ConsistencyModel> kept = EnumSet.noneOf(ConsistencyModel.class);
        for (ConsistencyModel model : models) {
            Set<ConsistencyModel> promised = promisedBy(List.of(model));
            promised.remove(model);
            if (models.stream().noneMatch(promised::contains)) {
                kept.add(model);
            }
        }
        return kept;
    }

    /** The members that no other member promises. */
    public static Set<ConsistencyModel> strongest(Collection<ConsistencyModel> models) {
        Set<ConsistencyModel> kept = EnumSet.noneOf(ConsistencyModel.class);
        kept.addAll(models);
        for (ConsistencyModel model : models) {
            Set<ConsistencyModel> promised = promisedBy(List.of(model));
            promised.remove(model);
            kept.removeAll(promised);
        }
        return kept;
    }

    /** What was seen, as the line between what may still hold and what can't. */
    public static Boundary boundary(Collection<Anomaly> anomalies) {
        Set<ConsistencyModel> impossible = ruledOutBy(anomalies);
        Set<ConsistencyModel> not = weakest(impossible);
        impossible.removeAll(not);
        return new Boundary(sorted(not), sorted(impossible));
    }

    private static List<ConsistencyModel> sorted(Set<ConsistencyModel> models) {
        return models.stream().sorted((a, b) -> a.label().compareTo(b.label())).toList();
    }

    /**
     * The line between the models that may hold and those that can't.
     *
     * @param not the weakest models that can't hold, by name
     * @param alsoNot the stronger ones that fall with them, by name
     */
    public record Boundary(List<ConsistencyModel> not, List<ConsistencyModel> alsoNot) {}

    private static <E extends Enum<E>> Set<E> closure(
            Collection<E> start, Map<E, Set<E>> arrows, Class<E> type) {
        Set<E> reached = EnumSet.noneOf(type);
        reached.addAll(start);
        Deque<E> open = new ArrayDeque<>(start);
        while (!open.isEmpty()) {
            for (E next : arrows.getOrDefault(open.removeFirst(), EnumSet.noneOf(type))) {
                if (reached.add(next)) {
                    open.addLast(next);
                }
            }
        }
        return reached;
    }

    private static <E extends Enum<E>> Map<E, Set<E>> inverse(
            Map<E, Set<E>> arrows, Class<E> type) {
        Map<E, Set<E>> inverse = new EnumMap<>(type);
        arrows.forEach(
                (from, targets) ->
                        targets.forEach(
                                to ->
                                        inverse.computeIfAbsent(to, e -> EnumSet.noneOf(type))
                                                .add(from)));
        return inverse;
    }
}
