package dev.whitewater.store.port;

import dev.whitewater.store.Bytes;

/**
 * Makes passwords into what may be stored. Called before a command is proposed and never while one
 * is applied: what it makes differs each time (a salt), and takes its time on purpose.
 */
public interface PasswordHasher {

    /** Something not empty from which the password can't be had back. */
    Bytes hash(Bytes password);

    /** Whether {@code hash} was made of this password. */
    boolean matches(Bytes password, Bytes hash);
}
