package dev.whitewater.server.auth;

import dev.whitewater.store.Bytes;

import java.util.Optional;

/** What the tokens of a user are signed with; must be the same on all members. */
@FunctionalInterface
public interface SigningKeys {

    /** How many bytes a key has at least (RFC 7518, section 3.2, of HMAC with SHA-256). */
    int BYTES_LEAST = 32;

    /** Empty: no token of this user counts. */
    Optional<byte[]> of(Bytes user);
}
