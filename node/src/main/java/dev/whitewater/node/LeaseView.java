package dev.whitewater.node;

/** What a member thinks of leases. */
@FunctionalInterface
public interface LeaseView {

    /** What a lease has left by this member's clock, if it leads; less than 0 if it can't tell. */
    long leaseNanosLeft(long lease);
}
