package dev.whitewater.store;

/** What looking at a password came to. */
public sealed interface Login {

    /** It is right; this is to be applied before a token may be made. */
    record Propose(AuthRequest.Authenticate request) implements Login {}

    /** It isn't, or nobody is to log in. */
    record Refused(ErrorCode code) implements Login {}
}
