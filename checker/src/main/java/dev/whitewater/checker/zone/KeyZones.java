package dev.whitewater.checker.zone;

import static dev.whitewater.checker.zone.Clusters.NONE;

import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One register whose values are written at most once each (Gibbons and Korach, "Testing shared
 * memories", 1997). All operations on one value stand together in any legal order. Let a value's
 * zone stretch between the first return and the last call among its operations: if the return comes
 * first the value must have been there over all that time (a forward zone), else any instant of the
 * zone will do (a backward zone). The history is linearizable if and only if no read returned
 * before its write was called, no two forward zones overlap, and no backward zone lies inside a
 * forward one. Compare-and-sets join values to {@link Chains}, whose zones count as one.
 *
 * <p>An unanswered write that nobody read is left out; one that was read returns, as it were,
 * never. The initial value counts as written before all time.
 */
final class KeyZones {
    private final ZoneInput input;
    private final Purse purse;
    private final Clusters clusters;
    private final Chains chains;
    private Optional<Proof> proof = Optional.empty();
    private long[] forward = new long[16];
    private int forwards;

    KeyZones(ZoneInput input, Purse purse) {
        this.input = input;
        this.purse = purse;
        this.clusters = new Clusters(input);
        this.chains = new Chains(input, clusters);
    }

    /** What came out for one key. */
    enum Outcome {
        VALID,
        INVALID,
        /** Some value is written twice, or some operation is no read, write or swap. */
        NOT_APPLICABLE
    }

    /**
     * Judges the operations {@code order[from..to)}, all of one key and in the order of calls, as
     * they looked at event {@code cut}: what was called later isn't there, what returned later is
     * unanswered.
     */
    Outcome judge(int[] order, int from, int to, int cut) {
        clusters.reset();
        proof = Optional.empty();
        if (!writes(order, from, to, cut)) {
            return Outcome.NOT_APPLICABLE;
        }
        for (int i = from; i < to && input.call(order[i]) < cut; i++) {
            purse.step();
            int op = order[i];
            if (input.access(op) == ZoneInput.READ
                    && input.completion(op) < cut
                    && !clusters.read(op)) {
                return broken(unwritten(op));
            }
        }
        proof = chains.join();
        if (proof.isEmpty()) {
            proof = clash();
        }
        return proof.isEmpty() ? Outcome.VALID : Outcome.INVALID;
    }

    private boolean writes(int[] order, int from, int to, int cut) {
        for (int i = from; i < to && input.call(order[i]) < cut; i++) {
            purse.step();
            int access = input.access(order[i]);
            boolean writes = access == ZoneInput.WRITE || access == ZoneInput.SWAP;
            if (access == ZoneInput.OTHER || (writes && !clusters.write(order[i], cut))) {
                return false;
            }
        }
        return true;
    }

    private Outcome broken(Proof found) {
        proof = Optional.of(found);
        return Outcome.INVALID;
    }

    private Proof unwritten(int read) {
        int cluster = clusters.of(input.seen(read));
        return cluster == NONE
                ? new Proof(Proof.Kind.UNWRITTEN, read)
                : new Proof(Proof.Kind.UNWRITTEN, read, clusters.writes[cluster]);
    }

    private Optional<Proof> clash() {
        forwards = 0;
        if (forward.length < clusters.count) {
            forward = new long[clusters.count * 2];
        }
        for (int c = 0; c < clusters.count; c++) {
            if (stands(c) && clusters.isForward(c)) {
                forward[forwards++] = (long) clusters.firstReturns[c] << 32 | c;
            }
        }
        purse.look();
        Arrays.sort(forward, 0, forwards);
        purse.look();
        for (int i = 1; i < forwards; i++) {
            if (clash((int) forward[i - 1], (int) forward[i])) {
                return Optional.of(clashing((int) forward[i - 1], (int) forward[i]));
            }
        }
        for (int c = 0; c < clusters.count; c++) {
            if (stands(c) && !clusters.isForward(c)) {
                int around = forwardAt(clusters.lastCalls[c]);
                if (around != NONE && clash(around, c)) {
                    return Optional.of(clashing(around, c));
                }
            }
        }
        return Optional.empty();
    }

    private boolean stands(int cluster) {
        return clusters.live[cluster] && chains.isHead(cluster);
    }

    /** The forward zone that starts last at or before an event, if any. */
    private int forwardAt(int event) {
        int found = Arrays.binarySearch(forward, 0, forwards, ((long) event + 1) << 32);
        int place = found >= 0 ? found : -found - 1;
        return place == 0 ? NONE : (int) forward[place - 1];
    }

    /** Whether each of the two must stand before the other. */
    private boolean clash(int one, int other) {
        return clusters.firstReturns[one] < clusters.lastCalls[other]
                && clusters.firstReturns[other] < clusters.lastCalls[one];
    }

    private Proof clashing(int one, int other) {
        int[] operations =
                IntStream.of(
                                clusters.writes[one],
                                clusters.returners[one],
                                clusters.callers[one],
                                clusters.writes[other],
                                clusters.returners[other],
                                clusters.callers[other])
                        .filter(op -> op != NONE)
                        .distinct()
                        .sorted()
                        .toArray();
        boolean joined = clusters.anySwaps && (chains.isLong(one) || chains.isLong(other));
        return joined ? joinedClash(one, other) : new Proof(Proof.Kind.CLASH, operations);
    }

    /** Four operations: the first returned before the fourth was called, the third, the second. */
    private Proof joinedClash(int one, int other) {
        return chains.supported(
                new Proof(
                        Proof.Kind.JOINED_CLASH,
                        clusters.returners[one],
                        clusters.callers[one],
                        clusters.returners[other],
                        clusters.callers[other]));
    }

    /** The proof of the last judgement, if it was one of being broken. */
    Optional<Proof> proof() {
        return proof;
    }

    /** Whether the last judgement met compare-and-sets. */
    boolean hasSwaps() {
        return clusters.anySwaps;
    }

    /** The event by which a proof is complete. */
    int complete(Proof broken) {
        return IntStream.of(broken.operations())
                .filter(op -> op != NONE)
                .map(chains::known)
                .max()
                .orElse(0);
    }

    /**
     * An order of the operations of the last, valid judgement, which was cut at this event: a
     * forward zone stands where it starts, a backward one at its first instant outside of forward
     * ones; inside, a chain's values one after the other, a write before its reads.
     */
    int[] order(int[] order, int from, int to, int cut) {
        int[] ranks = ranks();
        int[] starts = new int[clusters.count + 1];
        for (int i = from; i < to && input.call(order[i]) < cut; i++) {
            int cluster = clusterOf(order[i], cut);
            if (cluster != NONE && clusters.live[cluster]) {
                starts[ranks[cluster] + 1]++;
            }
        }
        for (int c = 1; c <= clusters.count; c++) {
            starts[c] += starts[c - 1];
        }
        int[] result = new int[starts[clusters.count]];
        for (int c = 0; c < clusters.count; c++) {
            if (clusters.live[c] && clusters.writes[c] != NONE) {
                result[starts[ranks[c]]++] = clusters.writes[c];
            }
        }
        for (int i = from; i < to && input.call(order[i]) < cut; i++) {
            int op = order[i];
            if (input.access(op) == ZoneInput.READ && input.completion(op) < cut) {
                result[starts[ranks[clusters.of(input.seen(op))]]++] = op;
            }
        }
        return result;
    }

    private int clusterOf(int op, int cut) {
        return switch (input.access(op)) {
            case ZoneInput.READ -> input.completion(op) < cut ? clusters.of(input.seen(op)) : NONE;
            case ZoneInput.WRITE, ZoneInput.SWAP -> clusters.of(input.written(op));
            default -> NONE;
        };
    }

    /** The place of each live cluster among all. */
    private int[] ranks() {
        long[] heads = new long[clusters.count];
        int count = 0;
        for (int c = 0; c < clusters.count; c++) {
            if (stands(c)) {
                heads[count++] = (point(c) + 2) << 31 | c;
            }
        }
        Arrays.sort(heads, 0, count);
        int[] ranks = new int[clusters.count];
        int rank = 0;
        for (int i = 0; i < count; i++) {
            int head = (int) (heads[i] & Integer.MAX_VALUE);
            for (int c = head; c != NONE; c = clusters.anySwaps ? clusters.after[c] : NONE) {
                ranks[c] = rank++;
            }
        }
        return ranks;
    }

    /**
     * Twice the instant; one more for backward zones: they follow a forward one that ends there.
     */
    private long point(int head) {
        if (clusters.isForward(head)) {
            return 2L * clusters.firstReturns[head];
        }
        int start = clusters.lastCalls[head];
        int around = forwardAt(start);
        return 2L * (around == NONE ? start : Math.max(start, clusters.lastCalls[around])) + 1;
    }
}
