package dev.whitewater.checker.zone;

import static dev.whitewater.checker.zone.Clusters.NONE;

import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final int TELLERS_TOLD = 8;

    private final ZoneInput input;
    private final Purse purse;
    private final Clusters clusters;
    private final Chains chains;
    private final Appends appends;
    private Optional<Proof> proof = Optional.empty();
    private long[] forward = new long[16];
    private int forwards;

    /** The place of the forward zone that was looked up last: the next one is often near. */
    private int finger;

    private int[] early = new int[16];
    private int earlyReads;

    KeyZones(ZoneInput input, Appends appends, Purse purse) {
        this.input = input;
        this.purse = purse;
        this.clusters = new Clusters(input);
        this.chains = new Chains(input, clusters);
        this.appends = appends;
    }

    /** What came out for one key. */
    enum Outcome {
        VALID,
        INVALID,
        /** Some value is written twice, or some operation is no read, write or swap. */
        NOT_APPLICABLE
    }

    /**
     * Judges the operations at these places, all of one key, as they looked at event {@code cut}:
     * what was called later isn't there, what returned later is unanswered.
     */
    Outcome judge(int from, int to, int cut) {
        proof = Optional.empty();
        if (input.hasAppends(from, to)) {
            List<Proof> proofs = new ArrayList<>();
            switch (appends.prepare(from, to, cut, proofs)) {
                case AMBIGUOUS -> {
                    return Outcome.NOT_APPLICABLE;
                }
                case BROKEN -> {
                    return appends.guessed() ? Outcome.NOT_APPLICABLE : broken(proofs.getFirst());
                }
                case READY -> {
                    // all is a read, a write or a swap
                }
            }
        }
        Outcome outcome = judgeRegister(from, to, cut);
        boolean unproved = outcome == Outcome.INVALID && appends.guessed();
        return unproved ? Outcome.NOT_APPLICABLE : outcome;
    }

    private Outcome judgeRegister(int from, int to, int cut) {
        clusters.reset();
        earlyReads = 0;
        for (int op = from; op < to && input.call(op) < cut; op++) {
            purse.step();
            switch (input.access(op)) {
                case ZoneInput.WRITE, ZoneInput.SWAP -> {
                    if (!clusters.write(op, cut)) {
                        return Outcome.NOT_APPLICABLE;
                    }
                }
                case ZoneInput.READ -> {
                    if (input.completion(op) < cut && !clusters.read(op)) {
                        later(op);
                    }
                }
                case ZoneInput.OTHER -> {
                    return Outcome.NOT_APPLICABLE;
                }
                default -> {
                    // does nothing
                }
            }
        }
        for (int i = 0; i < earlyReads; i++) {
            if (!clusters.read(early[i])) {
                return broken(unwritten(early[i]));
            }
        }
        proof = chains.join();
        if (proof.isEmpty()) {
            proof = clash();
        }
        return proof.isEmpty() ? Outcome.VALID : Outcome.INVALID;
    }

    /** A read that was called before the write of what it saw has to wait for that. */
    private void later(int op) {
        if (earlyReads == early.length) {
            early = Arrays.copyOf(early, earlyReads * 2);
        }
        early[earlyReads++] = op;
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
        finger = 0;
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
        long bound = ((long) event + 1) << 32;
        while (finger < forwards && forward[finger] < bound) {
            finger++;
        }
        while (finger > 0 && forward[finger - 1] >= bound) {
            finger--;
        }
        return finger == 0 ? NONE : (int) forward[finger - 1];
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

    /** The same proof with reads that tell what its appends found. */
    Proof told(Proof broken) {
        int[] tellers =
                IntStream.concat(IntStream.of(broken.operations()), IntStream.of(broken.seenBy()))
                        .filter(op -> op != NONE)
                        .map(appends::teller)
                        .filter(op -> op != NONE)
                        .distinct()
                        .limit(TELLERS_TOLD)
                        .toArray();
        int[] all =
                IntStream.concat(IntStream.of(broken.seenBy()), IntStream.of(tellers))
                        .filter(op -> IntStream.of(broken.operations()).noneMatch(o -> o == op))
                        .distinct()
                        .toArray();
        return broken.with(all);
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
    int[] order(int from, int to, int cut) {
        int[] ranks = ranks();
        int[] starts = new int[clusters.count + 1];
        for (int op = from; op < to && input.call(op) < cut; op++) {
            int cluster = clusterOf(op, cut);
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
        for (int op = from; op < to && input.call(op) < cut; op++) {
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
