package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;

import java.util.ArrayList;
import java.util.List;

/**
 * Appends to lists and reads them, several at once, by etcd's optimistic recipe: look, then write
 * on condition that nobody wrote since. Elle judges whether all that was seen fits one order.
 */
final class Appender implements Behaviour {

    private final int client;
    private final Lists lists;
    private final Decisions decisions;

    /** What it knows of some lists; empty if it has to look first. */
    private final List<Known> known = new ArrayList<>();

    private String prefix = "";

    /** A list as it was found: its elements, and the revision that its next write relies on. */
    private record Known(String list, String elements, long mod) {}

    Appender(int client, Lists lists, Decisions decisions) {
        this.client = client;
        this.lists = lists;
        this.decisions = decisions;
    }

    @Override
    public Operation next(long number) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_LIST, client, number));
        return known.isEmpty() || dice.oneIn(6) ? look() : append(number, dice);
    }

    private Operation look() {
        prefix = lists.prefix();
        List<ListSteps.Step> steps = new ArrayList<>();
        for (int i = 0; i < Lists.AT_ONCE; i++) {
            steps.add(new ListSteps.Step(prefix + i, 0));
        }
        return new Operation(
                        client,
                        Kind.RANGE,
                        prefix,
                        new ClientRequest.Read(
                                Range.of(KeyRange.prefix(Bytes.utf8(prefix))),
                                ClientRequest.Consistency.LINEARIZABLE))
                .withLists(new ListSteps(steps));
    }

    /** Some of the lists, each looked at or appended to, once at most. */
    private Operation append(long number, Dice dice) {
        List<Compare> compares = new ArrayList<>();
        List<dev.whitewater.store.Operation> then = new ArrayList<>();
        List<ListSteps.Step> steps = new ArrayList<>();
        int first = dice.below(known.size());
        for (int left = 1 + dice.below(known.size()), i = first; left > 0; left--, i++) {
            Known list = known.get(i % known.size());
            Bytes key = Bytes.utf8(list.list());
            compares.add(Compare.modRevision(key, Compare.Relation.EQUAL, list.mod()));
            if (dice.oneIn(3)) {
                steps.add(new ListSteps.Step(list.list(), 0));
                then.add(Range.of(key));
            } else {
                long element = (long) client << 32 | number << 2 | left;
                steps.add(new ListSteps.Step(list.list(), element));
                String blank = list.elements().isEmpty() ? "" : " ";
                then.add(Put.of(key, Bytes.utf8(list.elements() + blank + element)));
                lists.appending();
            }
        }
        Txn txn = new Txn(compares, then, List.of());
        return new Operation(client, Kind.TXN, "", new ClientRequest.Write(txn))
                .withLists(new ListSteps(steps));
    }

    @Override
    public void learnt(Operation operation) {
        known.clear();
        if (operation.kind == Kind.RANGE && operation.outcome == Outcome.OK) {
            for (int i = 0; i < Lists.AT_ONCE; i++) {
                known.add(found(operation, prefix + i));
            }
        }
    }

    private static Known found(Operation operation, String list) {
        for (Detail kv : Details.list(operation.answered, "kvs")) {
            if (Details.text(kv, "key").equals(list)) {
                return new Known(list, Details.text(kv, "value"), Details.number(kv, "mod"));
            }
        }
        return new Known(list, "", 0);
    }
}
