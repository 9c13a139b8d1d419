package dev.whitewater.checker.revision;

import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Unanswered writes whose effect somebody saw: each needs a revision of its own after {@code low}
 * and up to {@code high} that no answered write has.
 */
final class Demands {
    /** One of them, and who saw its effect. */
    record Demand(int op, int witness, long low, long high) {}

    private final List<Demand> demands = new ArrayList<>();
    private final Set<Long> taken;

    Demands(Set<Long> taken) {
        this.taken = taken;
    }

    void addAll(List<Demand> further) {
        demands.addAll(further);
    }

    /** A place for an unanswered write that was found. */
    record Placed(int op, long revision) {}

    /** Earliest deadline first, which finds places for all whenever there are. */
    Optional<Finding.Broken> place(List<Placed> places, Purse purse) {
        List<Demand> byLow = new ArrayList<>(demands);
        byLow.sort((a, b) -> Long.compare(a.low(), b.low()));
        PriorityQueue<Demand> waiting =
                new PriorityQueue<>((a, b) -> Long.compare(a.high(), b.high()));
        long revision = 0;
        int next = 0;
        while (next < byLow.size() || !waiting.isEmpty()) {
            purse.step();
            if (waiting.isEmpty()) {
                revision = Math.max(revision, byLow.get(next).low() + 1);
            }
            while (next < byLow.size() && byLow.get(next).low() < revision) {
                waiting.add(byLow.get(next++));
            }
            if (taken.contains(revision)) {
                revision++;
                continue;
            }
            Demand first = waiting.poll();
            if (first == null) {
                continue;
            }
            if (revision > first.high()) {
                return Optional.of(unplaced(first));
            }
            places.add(new Placed(first.op(), revision++));
        }
        return Optional.empty();
    }

    private static Finding.Broken unplaced(Demand demand) {
        String sentence =
                "operation "
                        + demand.witness()
                        + " saw the effect of the unanswered operation "
                        + demand.op()
                        + ", which must have had a revision after "
                        + demand.low()
                        + " and not after "
                        + demand.high()
                        + "; but all of these belong to other writes.";
        return new Finding.Broken(
                "no-revision-left", sentence, demand.witness(), demand.op(), demand.witness());
    }
}
