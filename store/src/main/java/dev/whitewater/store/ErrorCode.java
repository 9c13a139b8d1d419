package dev.whitewater.store;

/**
 * Why a request is rejected, with etcd's own text (its package {@code rpctypes}) and the gRPC
 * status that goes with it. Clients match on both.
 */
public enum ErrorCode {
    EMPTY_KEY(Status.INVALID_ARGUMENT, "key is not provided"),
    KEY_NOT_FOUND(Status.INVALID_ARGUMENT, "key not found"),
    VALUE_PROVIDED(Status.INVALID_ARGUMENT, "value is provided"),
    LEASE_PROVIDED(Status.INVALID_ARGUMENT, "lease is provided"),
    TOO_MANY_OPERATIONS(Status.INVALID_ARGUMENT, "too many operations in txn request"),
    DUPLICATE_KEY(Status.INVALID_ARGUMENT, "duplicate key given in txn request"),
    REQUEST_TOO_LARGE(Status.INVALID_ARGUMENT, "request is too large"),
    COMPACTED(Status.OUT_OF_RANGE, "mvcc: required revision has been compacted"),
    FUTURE_REVISION(Status.OUT_OF_RANGE, "mvcc: required revision is a future revision"),
    NO_SPACE(Status.RESOURCE_EXHAUSTED, "mvcc: database space exceeded"),
    LEASE_NOT_FOUND(Status.NOT_FOUND, "requested lease not found"),
    LEASE_EXISTS(Status.FAILED_PRECONDITION, "lease already exists"),
    LEASE_TTL_TOO_LARGE(Status.OUT_OF_RANGE, "too large lease TTL"),
    CORRUPT(Status.DATA_LOSS, "corrupt cluster");

    /** The gRPC status a code travels with. */
    public enum Status {
        INVALID_ARGUMENT,
        NOT_FOUND,
        PERMISSION_DENIED,
        RESOURCE_EXHAUSTED,
        FAILED_PRECONDITION,
        OUT_OF_RANGE,
        DATA_LOSS,
        UNAUTHENTICATED
    }

    private final Status status;
    private final String text;

    ErrorCode(Status status, String text) {
        this.status = status;
        this.text = "etcdserver: " + text;
    }

    public Status status() {
        return status;
    }

    public String text() {
        return text;
    }
}
