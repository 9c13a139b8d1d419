package dev.whitewater.raft.message;

/** The identity of a member; it never changes and is never given to another member. */
public record NodeId(long value) implements Comparable<NodeId> {

    /** No member: no vote cast, no leader known. */
    public static final NodeId NONE = new NodeId(0);

    public NodeId {
        if (value < 0) {
            throw new IllegalArgumentException("node id must not be negative, got " + value);
        }
    }

    public boolean isNone() {
        return value == 0;
    }

    @Override
    public int compareTo(NodeId other) {
        return Long.compare(value, other.value);
    }

    // Members are told apart several times per message: what a record generates goes through method
    // handles, too deep for a compiler that is told to inline little.

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId id && id.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return isNone() ? "none" : "n" + value;
    }
}
