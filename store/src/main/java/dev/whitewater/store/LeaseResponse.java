package dev.whitewater.store;

/** What a {@link LeaseRequest} did. */
public sealed interface LeaseResponse extends Response {

    /** The lease exists. */
    record Granted(long revision, long id, long ttlSeconds) implements LeaseResponse {}

    /** The lease and its keys are gone. */
    record Revoked(long revision) implements LeaseResponse {}

    /** The remaining times are noted, of those leases that exist. */
    record Checkpointed(long revision) implements LeaseResponse {}
}
