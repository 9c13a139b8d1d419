package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.revision.RealTime;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Strict serializability of a whole etcd by its revisions (monitor M17): every answer carries the
 * store's revision, so the order is known and needs only to be replayed, once and without search:
 *
 * <ul>
 *   <li>every change has a revision of its own, and no revision is left out;
 *   <li>what is called after an answer has a revision that is not smaller, and greater if it
 *       changes something; serializable reads may be older;
 *   <li>each answer is the one that a store gives that executes all changes in that order;
 *   <li>unanswered changes and expiries of leases took effect never, or once, at a revision that no
 *       answered change made.
 * </ul>
 *
 * Where unanswered changes leave a choice, what none of them can explain is wrong ({@link
 * Refutation}), and makers that are found for all revisions ({@link Settlement}) are proved by a
 * replay with them; else the finding is undecided.
 */
public final class Replay {
    private static final Mismatch MADE_BY_ANOTHER =
            new Mismatch("", "another operation had made that revision");

    private final History history;
    private final Purse purse;
    private final RealTime realTime;
    private final Revisions revisions = new Revisions();
    private final boolean remembers;
    private final long first;
    private final Schedule schedule;
    private final Guesses guesses;
    private Store store;

    private final BitSet old;

    /** Per place: whether it changed the store. */
    private final boolean[] wrote;

    /** Whether there are unanswered changes and revisions that they may have made. */
    private final boolean open;

    private Replay(History history, EtcdStore fitting, Purse purse) {
        this.history = history;
        this.purse = purse;
        purse.take(12L * history.size());
        this.realTime = new RealTime(history, purse);
        this.remembers = fitting.remembers();
        this.first = fitting.start();
        this.schedule = Schedule.of(history, realTime, first, purse);
        this.old = old(history);
        this.store = newStore();
        this.wrote = new boolean[schedule.size()];
        owned();
        this.guesses = new Guesses(history, realTime, first);
        this.open = !guesses.isEmpty() && hasFree();
    }

    /** Whether answers carry revisions, so that this check can judge the history. */
    public static boolean canJudge(History history) {
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op) && history.revision(op) <= 0 && needsRevision(history, op)) {
                return false;
            }
            if (history.isOk(op) && history.revision(op) > 0) {
                lowest = Math.min(lowest, history.revision(op));
                highest = Math.max(highest, history.revision(op));
            }
        }
        return highest > 0 && highest - lowest < Schedule.SPAN_MAX;
    }

    private static boolean needsRevision(History history, int op) {
        return switch (history.function(op)) {
            case "lease-grant", "lease-keepalive", "compact" -> false;
            default -> {
                if (Messages.isAccess(history.function(op))) {
                    yield false;
                }
                Operation operation = history.operation(op);
                Reply reply = Messages.reply(operation, Messages.request(operation));
                yield !(reply instanceof Reply.Failed);
            }
        };
    }

    /** Judges a history of a whole store. */
    public static Finding check(History history, Purse purse) {
        if (!canJudge(history)) {
            return new Finding.Undecided("some answers carry no revision");
        }
        return checkPart(history, EtcdStore.of(history, purse), purse);
    }

    /**
     * Judges a part of a history that can be judged, whose store began as that of the whole did: by
     * its own answers a short part may look as if it began at a later revision, where less is
     * missing.
     */
    public static Finding checkPart(History part, EtcdStore whole, Purse purse) {
        return new Replay(part, whole, purse).judge();
    }

    private Finding judge() {
        Optional<Finding.Broken> broken = new Moments(history, purse).check();
        if (broken.isEmpty()) {
            broken = shared();
        }
        if (broken.isEmpty()) {
            broken = late(Kinds.READER);
        }
        if (broken.isEmpty() && open) {
            broken = gaps(/* perhaps */ true);
        }
        if (broken.isPresent()) {
            return broken.get();
        }
        return open ? chosen() : replayed();
    }

    /**
     * Where unanswered changes may have made revisions: first as if the answered removals, which
     * don't say whether they removed anything, had made all of them.
     */
    private Finding chosen() {
        if (isComplete(made(/* perhaps */ true))) {
            Finding proved = proved();
            if (proved instanceof Finding.Ordered) {
                return proved;
            }
            store = newStore();
            Arrays.fill(wrote, false);
        }
        return settled();
    }

    /** Where nobody can have made a revision unseen: one replay tells. */
    private Finding replayed() {
        for (int i = 0; i < schedule.size(); i++) {
            Mismatch mismatch = step(i);
            if (!mismatch.isNone()) {
                return wrong(i, mismatch);
            }
        }
        Optional<Finding.Broken> broken = late(Kinds.PERHAPS);
        if (broken.isEmpty()) {
            broken = gaps(!guesses.isEmpty());
        }
        return broken.isPresent() ? broken.get() : new Finding.Ordered(order());
    }

    private Optional<Finding.Broken> gaps(boolean perhaps) {
        return new Gaps(history, made(perhaps), guesses.all(), first, purse).check(schedule);
    }

    /** Makers for all revisions that no answered change made, proved by a replay with them. */
    private Finding settled() {
        Optional<World> laid =
                new WorldBuilder(history, realTime, schedule, revisions, purse)
                        .build(guesses.all(), first);
        if (laid.isEmpty()) {
            return new Finding.Undecided(
                    "unanswered operations may have made revisions, and answers tell too little"
                            + " of transactions to find out which");
        }
        World world = laid.get();
        Refutation refutation = new Refutation(world, purse);
        Optional<Refutation.Contradiction> wrong = refutation.find();
        if (wrong.isPresent()) {
            return wrong(wrong.get());
        }
        boolean[] sure = world.made();
        Settlement settlement = new Settlement(world, purse);
        if (!settlement.settle()) {
            List<Condition> hardest = settlement.hardest();
            world.keep(sure);
            return unsettled(hardest, refutation);
        }
        for (int i = 0; i < world.free().length; i++) {
            if (world.by(i).number() < guesses.all().size()) {
                guesses.guess(world.by(i).hidden(), world.free()[i]);
            }
        }
        return proved();
    }

    private Finding unsettled(List<Condition> hardest, Refutation refutation) {
        for (Condition condition : hardest) {
            Optional<Refutation.Contradiction> wrong = refutation.probe(condition);
            if (wrong.isPresent()) {
                return wrong(wrong.get());
            }
        }
        String what = hardest.isEmpty() ? "all revisions" : named(hardest.getFirst().op);
        return new Finding.Undecided(
                "no unanswered operations were found that explain " + what + " with all others");
    }

    /** Replays with all makers that were found. */
    private Finding proved() {
        for (int i = 0; i < schedule.size(); i++) {
            Mismatch mismatch = step(i);
            if (!mismatch.isNone()) {
                return new Finding.Undecided(
                        "the unanswered operations that were found don't explain "
                                + named(schedule.operation(i))
                                + ": "
                                + mismatch.why());
            }
        }
        return isComplete(made(/* perhaps */ false)) && late(Kinds.PERHAPS).isEmpty()
                ? new Finding.Ordered(order())
                : new Finding.Undecided("the unanswered operations that were found don't fit");
    }

    /** Whether any revision is left for unanswered changes. */
    private boolean hasFree() {
        return free(revisions) > 0;
    }

    /** Whether these and the guessed makers made all revisions. */
    private boolean isComplete(Revisions made) {
        return guesses.made() == free(made);
    }

    private long free(Revisions made) {
        return schedule.size() == 0 ? 0 : made.free(first, schedule.revision(schedule.size() - 1));
    }

    /** Two changes that say they made the same revision. */
    private Optional<Finding.Broken> shared() {
        for (int i = 1; i < schedule.size(); i++) {
            if (schedule.kind(i) == Kinds.WRITER
                    && schedule.kind(i - 1) == Kinds.WRITER
                    && schedule.revision(i) == schedule.revision(i - 1)) {
                return Optional.of(sharedRevision(i));
            }
        }
        return Optional.empty();
    }

    /** Answers that are older than what was known when they were asked for. */
    private Optional<Finding.Broken> late(Kinds kinds) {
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            int op = schedule.operation(i);
            boolean now = kinds == Kinds.PERHAPS == (schedule.kind(i) == Kinds.PERHAPS);
            if (now && history.revision(op) > 0 && !old.get(op)) {
                Optional<Finding.Broken> broken =
                        realTime.check(op, schedule.kind(i) == Kinds.WRITER || wrote[i]);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        }
        return Optional.empty();
    }

    /** The serializable reads, which may see the past. */
    private static BitSet old(History history) {
        BitSet old = new BitSet(history.size());
        for (int op = 0; op < history.size(); op++) {
            if (Messages.isSerializable(history, op)) {
                old.set(op);
            }
        }
        return old;
    }

    private Store newStore() {
        Store store = new Store(first, remembers);
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (!history.isFail(op) && history.function(op).equals("lease-grant")) {
                store.execute(Messages.request(history.operation(op)), Reply.UNTOLD, 0);
            }
        }
        return store;
    }

    /**
     * Only what surely made its revision owns it: a removal that may have found nothing leaves the
     * revision it carries to whoever made it, perhaps an unanswered change.
     */
    private void owned() {
        long last = -1;
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            if (schedule.kind(i) == Kinds.WRITER && schedule.revision(i) != last) {
                last = schedule.revision(i);
                revisions.add(last);
            }
        }
    }

    /**
     * What made a revision, as the replay found out. Where unanswered changes leave a choice, a
     * removal may have found something by another guess: then {@code perhaps} counts it as well.
     */
    private Revisions made(boolean perhaps) {
        Revisions made = new Revisions();
        long last = -1;
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            boolean makes =
                    schedule.kind(i) == Kinds.WRITER
                            || wrote[i]
                            || (perhaps && schedule.kind(i) == Kinds.PERHAPS);
            if (makes && schedule.revision(i) != last) {
                last = schedule.revision(i);
                made.add(last);
            }
        }
        return made;
    }

    // ---- the replay

    /** Executes what is at a place, and before it the guessed makers of revisions up to there. */
    private Mismatch step(int place) {
        makeUpTo(place);
        return answer(place);
    }

    /** Executes the guessed makers of revisions up to a place. */
    private void makeUpTo(int place) {
        purse.step();
        long revision = schedule.revision(place);
        long before = place == 0 ? 0 : schedule.revision(place - 1);
        if (revision > before && guesses.made() > 0) {
            for (var made : guesses.between(before, revision).entrySet()) {
                store.execute(made.getValue().request(), Reply.UNTOLD, made.getKey());
            }
        }
    }

    private Mismatch answer(int place) {
        long revision = schedule.revision(place);
        Operation operation = history.operation(schedule.operation(place));
        Request request = Messages.request(operation);
        Reply reply = Messages.reply(operation, request);
        wrote[place] = false;
        if (Moments.judges(operation, request, reply)) {
            return Mismatch.NONE;
        }
        boolean taken = isTaken(place);
        boolean reader = schedule.kind(place) == Kinds.READER || taken;
        store.revision(reader ? revision : revision - 1);
        long before = store.changes();
        Mismatch mismatch = store.execute(request, reply, revision);
        wrote[place] = store.changes() > before;
        if (mismatch.isNone() && taken && wrote[place]) {
            return MADE_BY_ANOTHER;
        }
        return mismatch.isNone() && wrote[place] ? idleAgain(place) : mismatch;
    }

    /**
     * What told the same revision as its maker and came before it here, for it changed nothing,
     * really came after it, and must change nothing there as well.
     */
    private Mismatch idleAgain(int maker) {
        long revision = schedule.revision(maker);
        for (int i = maker - 1; i >= 0 && schedule.revision(i) == revision; i--) {
            purse.step();
            long before = store.changes();
            Operation operation = history.operation(schedule.operation(i));
            Request request = Messages.request(operation);
            if (request instanceof Request.Revoke) {
                // The lease is gone by now; its keys were gone before.
                continue;
            }
            store.revision(revision);
            Reply reply = Messages.reply(operation, request);
            Mismatch mismatch = store.execute(request, reply, revision);
            if (!mismatch.isNone()) {
                return mismatch;
            }
            if (store.changes() > before) {
                return MADE_BY_ANOTHER;
            }
        }
        return Mismatch.NONE;
    }

    /** Whether something before it made the revision that is at this place. */
    private boolean isTaken(int place) {
        long revision = schedule.revision(place);
        if (guesses.made() > 0 && !guesses.between(revision - 1, revision).isEmpty()) {
            return true;
        }
        for (int i = place - 1; i >= 0 && schedule.revision(i) == schedule.revision(place); i--) {
            if (wrote[i]) {
                return true;
            }
        }
        return false;
    }

    private int[] order() {
        int[] order = new int[schedule.size() + guesses.all().size()];
        int size = 0;
        long before = 0;
        for (int i = 0; i < schedule.size(); i++) {
            for (Hidden hidden : guesses.between(before, schedule.revision(i)).values()) {
                if (!hidden.expiry()) {
                    order[size++] = hidden.op();
                }
            }
            before = schedule.revision(i);
            if (!old.get(schedule.operation(i))) {
                order[size++] = schedule.operation(i);
            }
        }
        return Arrays.copyOf(order, size);
    }

    // ---- words

    private Finding.Broken sharedRevision(int place) {
        int other = schedule.operation(place);
        int one = other;
        for (int i = place - 1; i >= 0 && schedule.revision(i) == schedule.revision(place); i--) {
            one = schedule.operation(i);
        }
        String sentence =
                named(one)
                        + " and "
                        + named(other)
                        + " both changed the store at the same revision; every change makes a"
                        + " new one.";
        return new Finding.Broken("revision-used-twice", sentence, other, one, other);
    }

    private Finding.Broken wrong(int place, Mismatch mismatch) {
        int op = schedule.operation(place);
        int setter = lastChange(place, mismatch.key());
        String sentence = named(op) + " can't be, for at its revision " + mismatch.why();
        if (setter < 0) {
            return new Finding.Broken("wrong-value", sentence + ".", op, op);
        }
        sentence += "; the last to change that was " + named(setter) + ".";
        return new Finding.Broken("wrong-value", sentence, op, setter, op);
    }

    private Finding.Broken wrong(Refutation.Contradiction wrong) {
        int op = wrong.op();
        String sentence = named(op) + " can't be, for " + wrong.why();
        if (wrong.other() < 0 || wrong.other() == op) {
            return new Finding.Broken("wrong-value", sentence + ".", op, op);
        }
        sentence += "; see " + named(wrong.other()) + ".";
        return new Finding.Broken("wrong-value", sentence, op, wrong.other(), op);
    }

    /** The last operation before a place that could change the key, or -1. */
    private int lastChange(int place, String key) {
        for (int i = place - 1; i >= 0 && !key.isEmpty(); i--) {
            if (schedule.kind(i) == Kinds.READER) {
                continue;
            }
            int op = schedule.operation(i);
            Request request = Messages.request(history.operation(op));
            if (new Hidden(op, false, request, 0).touches(key)) {
                return op;
            }
        }
        return -1;
    }

    private String named(int op) {
        return history.operation(op) + " of client " + history.operation(op).client();
    }
}
