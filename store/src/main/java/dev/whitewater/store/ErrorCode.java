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
    CORRUPT(Status.DATA_LOSS, "corrupt cluster"),

    ROOT_USER_NOT_FOUND(Status.FAILED_PRECONDITION, "root user does not exist"),
    ROOT_ROLE_NOT_GRANTED(Status.FAILED_PRECONDITION, "root user does not have root role"),
    USER_EXISTS(Status.FAILED_PRECONDITION, "user name already exists"),
    USER_EMPTY(Status.INVALID_ARGUMENT, "user name is empty"),
    USER_NOT_FOUND(Status.FAILED_PRECONDITION, "user name not found"),
    ROLE_EXISTS(Status.FAILED_PRECONDITION, "role name already exists"),
    ROLE_EMPTY(Status.INVALID_ARGUMENT, "role name is empty"),
    ROLE_NOT_FOUND(Status.FAILED_PRECONDITION, "role name not found"),
    AUTH_FAILED(Status.INVALID_ARGUMENT, "authentication failed, invalid user ID or password"),
    PERMISSION_DENIED(Status.PERMISSION_DENIED, "permission denied"),
    ROLE_NOT_GRANTED(Status.FAILED_PRECONDITION, "role is not granted to the user"),
    PERMISSION_NOT_GRANTED(Status.FAILED_PRECONDITION, "permission is not granted to the role"),
    AUTH_NOT_ENABLED(Status.FAILED_PRECONDITION, "authentication is not enabled"),
    AUTH_OLD_REVISION(Status.INVALID_ARGUMENT, "revision of auth store is old"),
    INVALID_AUTH_TOKEN(Status.UNAUTHENTICATED, "invalid auth token"),
    INVALID_AUTH_MANAGEMENT(Status.INVALID_ARGUMENT, "invalid auth management"),

    MEMBER_EXISTS(Status.FAILED_PRECONDITION, "member ID already exist"),
    PEER_URL_EXISTS(Status.FAILED_PRECONDITION, "Peer URLs already exists"),
    MEMBER_NOT_ENOUGH_STARTED(
            Status.FAILED_PRECONDITION,
            "re-configuration failed due to not enough started members"),
    MEMBER_BAD_URLS(Status.INVALID_ARGUMENT, "given member URLs are invalid"),
    MEMBER_NOT_FOUND(Status.NOT_FOUND, "member not found"),
    MEMBER_NOT_LEARNER(Status.FAILED_PRECONDITION, "can only promote a learner member"),
    LEARNER_NOT_READY(
            Status.FAILED_PRECONDITION,
            "can only promote a learner member which is in sync with leader"),
    TOO_MANY_LEARNERS(Status.FAILED_PRECONDITION, "too many learner members in cluster");

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
