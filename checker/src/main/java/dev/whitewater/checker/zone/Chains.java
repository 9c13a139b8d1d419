package dev.whitewater.checker.zone;

import static dev.whitewater.checker.zone.Clusters.NONE;

import dev.whitewater.checker.history.History;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compare-and-sets over values that are written once each: a swap from one value to the next joins
 * all operations on the first and then all on the second, with nothing between. So a chain of swaps
 * forces the order inside, and outside the whole chain is one zone (a swap is both the last
 * operation on a value and the first on the next; Gibbons and Korach's read-modify-write case).
 */
final class Chains {
    /** Longer chains between two operations are not told in full. */
    private static final int LINKS_TOLD = 64;

    private final ZoneInput input;
    private final Clusters clusters;
    private int[] heads = new int[16];

    Chains(ZoneInput input, Clusters clusters) {
        this.input = input;
        this.clusters = clusters;
    }

    /** Whether the cluster stands for a whole chain after {@link #join}. */
    boolean isHead(int cluster) {
        return !clusters.anySwaps || heads[cluster] == cluster;
    }

    /** The first cluster of the chain that this one is in. */
    int head(int cluster) {
        return clusters.anySwaps ? heads[cluster] : cluster;
    }

    /** Joins what swaps join; finds what can't be. */
    Optional<Proof> join() {
        if (!clusters.anySwaps) {
            return Optional.empty();
        }
        if (heads.length < clusters.count) {
            heads = new int[clusters.count * 2];
        }
        Arrays.fill(heads, 0, clusters.count, NONE);
        Optional<Proof> broken = broken();
        return broken.map(proof -> proof.with(seenBy(proof.operations())));
    }

    /** The same proof with the swaps that join its ends, and who saw those. */
    Proof supported(Proof proof) {
        int[] joining =
                IntStream.of(proof.operations())
                        .filter(op -> op != NONE)
                        .flatMap(op -> links(heads[clusterOf(op)], clusterOf(op)))
                        .distinct()
                        .toArray();
        int[] all =
                IntStream.concat(IntStream.of(proof.operations()), IntStream.of(joining)).toArray();
        return proof.with(
                IntStream.concat(IntStream.of(joining), IntStream.of(seenBy(all)))
                        .distinct()
                        .toArray());
    }

    private int clusterOf(int op) {
        boolean read = input.access(op) == ZoneInput.READ;
        return clusters.of(read ? input.seen(op) : input.written(op));
    }

    /** For each unanswered operation, who saw its value, or the value that replaced it. */
    private int[] seenBy(int... operations) {
        return IntStream.of(operations)
                .filter(op -> op != NONE && input.completion(op) == History.OPEN)
                .flatMap(op -> seers(clusters.of(input.written(op))))
                .distinct()
                .limit(LINKS_TOLD)
                .toArray();
    }

    private IntStream seers(int cluster) {
        IntStream.Builder seers = IntStream.builder();
        int at = cluster;
        while (at != NONE) {
            int writer = clusters.writes[at];
            int reader = clusters.readers[at];
            if (at != cluster) {
                seers.add(writer);
            }
            if (input.completion(writer) != History.OPEN) {
                break;
            }
            if (reader != NONE) {
                seers.add(reader);
                break;
            }
            at = clusters.after[at];
        }
        return seers.build();
    }

    private Optional<Proof> broken() {
        Optional<Proof> broken = link();
        for (int c = 0; c < clusters.count && broken.isEmpty(); c++) {
            if (clusters.live[c] && clusters.before[c] == NONE) {
                broken = follow(c);
            }
        }
        return broken.isPresent() ? broken : circle();
    }

    /** From the newest write back, so that a value needed by a live one is live in time. */
    private Optional<Proof> link() {
        int[] waiting = new int[clusters.count];
        int waits = 0;
        for (int c = 0; c < clusters.count; c++) {
            if (clusters.live[c]) {
                waiting[waits++] = c;
            }
        }
        while (waits > 0) {
            int cluster = waiting[--waits];
            int op = clusters.writes[cluster];
            if (op == NONE || input.access(op) != ZoneInput.SWAP) {
                continue;
            }
            int found = clusters.of(input.seen(op));
            if (found == NONE) {
                return Optional.of(new Proof(Proof.Kind.UNWRITTEN, op));
            }
            if (clusters.endedBefore(op, clusters.writes[found])) {
                return Optional.of(new Proof(Proof.Kind.UNWRITTEN, op, clusters.writes[found]));
            }
            if (clusters.after[found] != NONE) {
                int other = clusters.writes[clusters.after[found]];
                return Optional.of(new Proof(Proof.Kind.SWAPPED_TWICE, other, op));
            }
            clusters.after[found] = cluster;
            clusters.before[cluster] = found;
            if (!clusters.live[found]) {
                clusters.live[found] = true;
                waiting[waits++] = found;
            }
        }
        return Optional.empty();
    }

    /** Checks the order inside one chain, and makes its first cluster stand for all of it. */
    private Optional<Proof> follow(int head) {
        int last = head;
        heads[head] = head;
        while (clusters.after[last] != NONE) {
            last = clusters.after[last];
            heads[last] = head;
        }
        int earliest = last;
        for (int c = clusters.before[last]; c != NONE; c = clusters.before[c]) {
            if (clusters.firstReturns[earliest] < clusters.lastCalls[c]) {
                return Optional.of(chain(earliest, c));
            }
            if (clusters.firstReturns[c] < clusters.firstReturns[earliest]) {
                earliest = c;
            }
        }
        for (int c = clusters.after[head]; c != NONE; c = clusters.after[c]) {
            if (clusters.firstReturns[c] < clusters.firstReturns[head]) {
                clusters.firstReturns[head] = clusters.firstReturns[c];
                clusters.returners[head] = clusters.returners[c];
            }
            if (clusters.lastCalls[c] > clusters.lastCalls[head]) {
                clusters.lastCalls[head] = clusters.lastCalls[c];
                clusters.callers[head] = clusters.callers[c];
            }
        }
        return Optional.empty();
    }

    private Proof chain(int later, int earlier) {
        IntStream ends = IntStream.of(clusters.returners[later], clusters.callers[earlier]);
        return new Proof(Proof.Kind.CHAIN, IntStream.concat(ends, links(earlier, later)).toArray());
    }

    /** The swaps that lead from one cluster to another one after it. */
    private IntStream links(int from, int to) {
        return IntStream.iterate(to, c -> c != from && c != NONE, c -> clusters.before[c])
                .map(c -> clusters.writes[c])
                .limit(LINKS_TOLD);
    }

    private Optional<Proof> circle() {
        for (int c = 0; c < clusters.count; c++) {
            if (clusters.live[c] && heads[c] == NONE) {
                int start = c;
                IntStream rest =
                        IntStream.iterate(
                                clusters.before[c], at -> at != start, at -> clusters.before[at]);
                int[] operations =
                        IntStream.concat(IntStream.of(c), rest)
                                .map(at -> clusters.writes[at])
                                .limit(LINKS_TOLD)
                                .toArray();
                return Optional.of(new Proof(Proof.Kind.CIRCLE, operations));
            }
        }
        return Optional.empty();
    }

    /** Whether a chain of more than one value starts here. */
    boolean isLong(int head) {
        return clusters.after[head] != NONE;
    }

    /** The event by which an operation had returned, or by which it was called if it never did. */
    int known(int op) {
        int end = input.completion(op);
        return end == History.OPEN ? input.call(op) : end;
    }
}
