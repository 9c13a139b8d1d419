package dev.whitewater.server.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.port.PasswordHasher;

/** Passwords as etcd keeps them: bcrypt, with a salt of their own each. */
public final class BCryptPasswords implements PasswordHasher {

    /**
     * As much of a password as bcrypt looks at; Go's library refuses to hash more, as this does.
     */
    public static final int BYTES_MOST = 72;

    public static final int COST_LEAST = BCrypt.MIN_COST;
    public static final int COST_MOST = BCrypt.MAX_COST;

    /** etcd's {@code --bcrypt-cost}. */
    public static final int COST_USUAL = 10;

    private final int cost;

    /** {@code cost}: each one more doubles the work of a hash. */
    public BCryptPasswords(int cost) {
        if (cost < COST_LEAST || cost > COST_MOST) {
            throw new IllegalArgumentException(
                    "--bcrypt-cost: expected " + COST_LEAST + " to " + COST_MOST + ", got " + cost);
        }
        this.cost = cost;
    }

    @Override
    public Bytes hash(Bytes password) {
        if (password.length() > BYTES_MOST) {
            throw new IllegalArgumentException(
                    "password: expected at most "
                            + BYTES_MOST
                            + " bytes, got "
                            + password.length());
        }
        return Bytes.of(BCrypt.withDefaults().hash(cost, password.toByteArray()));
    }

    @Override
    public boolean matches(Bytes password, Bytes hash) {
        return password.length() <= BYTES_MOST
                && !hash.isEmpty()
                && BCrypt.verifyer().verify(password.toByteArray(), hash.toByteArray()).verified;
    }
}
