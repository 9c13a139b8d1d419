package dev.whitewater.store;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.List;

/** Arbitrary requests over few keys, values, leases and revisions, so that they meet. */
final class Requests {
    private Requests() {}

    static Arbitrary<List<Request>> scripts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(20, operations(2).map(Request.class::cast)),
                        Tuple.of(3, commands()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    static Arbitrary<Request> commands() {
        return Arbitraries.oneOf(
                ids().map(id -> new LeaseRequest.Grant(id, 60)),
                ids().map(LeaseRequest.Revoke::new),
                Arbitraries.longs().between(0, 30).map(MaintenanceRequest.Compact::new));
    }

    static Arbitrary<Operation> operations(int depth) {
        Arbitrary<Operation> simple =
                Arbitraries.frequencyOf(
                        Tuple.of(8, puts().map(Operation.class::cast)),
                        Tuple.of(3, deletions().map(Operation.class::cast)),
                        Tuple.of(3, ranges().map(Operation.class::cast)));
        return depth == 0
                ? simple
                : Arbitraries.frequencyOf(
                        Tuple.of(8, simple), Tuple.of(3, txns(depth).map(Operation.class::cast)));
    }

    static Arbitrary<Put> puts() {
        Arbitrary<Put> plain = Combinators.combine(keys(), values()).as(Put::of);
        return Arbitraries.frequencyOf(
                Tuple.of(6, plain),
                Tuple.of(2, plain.map(Put::withPrevious)),
                Tuple.of(2, Combinators.combine(plain, ids()).as(Put::withLease)),
                Tuple.of(1, plain.map(Put::keepingValue)),
                Tuple.of(1, plain.map(Put::keepingLease)));
    }

    static Arbitrary<DeleteRange> deletions() {
        return Combinators.combine(keyRanges(), Arbitraries.of(true, false)).as(DeleteRange::new);
    }

    static Arbitrary<Range> ranges() {
        return Combinators.combine(
                        keyRanges(),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(0L)),
                                Tuple.of(3, Arbitraries.longs().between(0, 20))),
                        Arbitraries.longs().between(0, 4),
                        sorts(),
                        filters(),
                        Arbitraries.of(Range.Content.class))
                .as(Range::new);
    }

    static Arbitrary<Range.Sort> sorts() {
        return Combinators.combine(
                        Arbitraries.of(Range.SortTarget.class),
                        Arbitraries.of(Range.SortOrder.class))
                .as(Range.Sort::new);
    }

    static Arbitrary<Range.Filter> filters() {
        Arbitrary<Long> bound =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(0L)),
                        Tuple.of(1, Arbitraries.longs().between(1, 12)));
        return Combinators.combine(bound, bound, bound, bound).as(Range.Filter::new);
    }

    static Arbitrary<Txn> txns(int depth) {
        Arbitrary<List<Operation>> side = operations(depth - 1).list().ofMaxSize(3);
        return Combinators.combine(compares().list().ofMaxSize(2), side, side).as(Txn::new);
    }

    static Arbitrary<Compare> compares() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 6);
        Arbitrary<Compare.Operand> operands =
                Arbitraries.oneOf(
                        few.map(Compare.Operand.Version::new),
                        few.map(Compare.Operand.CreateRevision::new),
                        few.map(Compare.Operand.ModRevision::new),
                        few.map(Compare.Operand.Lease::new),
                        values().map(Compare.Operand.Value::new));
        return Combinators.combine(keyRanges(), Arbitraries.of(Compare.Relation.class), operands)
                .as(Compare::new);
    }

    static Arbitrary<KeyRange> keyRanges() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, keys().map(KeyRange::single)),
                Tuple.of(2, keys().map(KeyRange::prefix)),
                Tuple.of(1, keys().map(KeyRange::from)),
                Tuple.of(2, Combinators.combine(keys(), keys()).as(KeyRange::between)));
    }

    static Arbitrary<Bytes> keys() {
        return Arbitraries.of(NaiveStore.KEYS);
    }

    static Arbitrary<Bytes> values() {
        return Arbitraries.of("", "x", "y", "zz").map(Bytes::utf8);
    }

    static Arbitrary<Long> ids() {
        return Arbitraries.longs().between(1, 3);
    }
}
