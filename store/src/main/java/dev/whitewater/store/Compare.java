package dev.whitewater.store;

/**
 * A condition of a transaction. On a range it holds if it holds for every key there. Where there is
 * no key, one or a whole range, versions, revisions and leases count as 0, and a comparison of
 * values fails: an absent value is not an empty one (as etcd).
 */
public record Compare(KeyRange keys, Relation relation, Operand operand) {

    /** How what is found must stand to the operand. */
    public enum Relation {
        EQUAL,
        GREATER,
        LESS,
        NOT_EQUAL;

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case GREATER -> comparison > 0;
                case LESS -> comparison < 0;
                case NOT_EQUAL -> comparison != 0;
            };
        }
    }

    /** Which property is compared, and with what. */
    public sealed interface Operand {
        /** Compares the number of writes since the key was made. */
        record Version(long version) implements Operand {}

        /** Compares the revision that made the key. */
        record CreateRevision(long revision) implements Operand {}

        /** Compares the revision of the last write. */
        record ModRevision(long revision) implements Operand {}

        /** Compares the lease the key is attached to. */
        record Lease(long lease) implements Operand {}

        /** Compares the value. */
        record Value(Bytes value) implements Operand {}
    }

    public static Compare value(Bytes key, Relation relation, Bytes value) {
        return new Compare(KeyRange.single(key), relation, new Operand.Value(value));
    }

    public static Compare version(Bytes key, Relation relation, long version) {
        return new Compare(KeyRange.single(key), relation, new Operand.Version(version));
    }

    public static Compare createRevision(Bytes key, Relation relation, long revision) {
        return new Compare(KeyRange.single(key), relation, new Operand.CreateRevision(revision));
    }

    public static Compare modRevision(Bytes key, Relation relation, long revision) {
        return new Compare(KeyRange.single(key), relation, new Operand.ModRevision(revision));
    }

    public static Compare lease(Bytes key, Relation relation, long lease) {
        return new Compare(KeyRange.single(key), relation, new Operand.Lease(lease));
    }

    /** The same condition on every key of {@code range}. */
    public Compare over(KeyRange range) {
        return new Compare(range, relation, operand);
    }

    /** Whether it holds for a key as it stands; a key that isn't there is its tombstone. */
    public boolean holdsFor(KeyValue kv) {
        return switch (operand) {
            case Operand.Version o -> relation.holds(Long.compare(kv.version(), o.version()));
            case Operand.CreateRevision o ->
                    relation.holds(Long.compare(kv.createRevision(), o.revision()));
            case Operand.ModRevision o ->
                    relation.holds(
                            Long.compare(kv.isTombstone() ? 0 : kv.modRevision(), o.revision()));
            case Operand.Lease o -> relation.holds(Long.compare(kv.lease(), o.lease()));
            case Operand.Value o ->
                    !kv.isTombstone() && relation.holds(kv.value().compareTo(o.value()));
        };
    }
}
