package dev.whitewater.store.port;

import dev.whitewater.store.Caller;

import java.util.Optional;

/** Makes and reads what a client shows instead of its password. */
public interface Tokens {

    /** A token that vouches for a user as of an auth revision. */
    String issue(Caller caller);

    /** Whom a token vouches for; empty if it is forged, broken, or too old. */
    Optional<Caller> verify(String token);
}
