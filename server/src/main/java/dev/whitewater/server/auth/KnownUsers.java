package dev.whitewater.server.auth;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.Store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/**
 * What the threads that take calls know of users. The state-machine thread tells them of every
 * change; in between nothing changes.
 *
 * <p>Without a key from outside, a user's tokens are signed with a key made of what is stored of
 * its password. That is secret, random by its salt, and the same on all members; a token ends with
 * the password that it was given for. Who can read a member's folder could make tokens: a key from
 * outside (etcd's {@code --auth-token=jwt,...}) keeps them out.
 */
public final class KnownUsers implements SigningKeys {

    private static final byte[] PURPOSE =
            "whitewater: tokens of a user".getBytes(StandardCharsets.UTF_8);

    private volatile Known known = new Known(0, false, Map.of());

    /** As of one auth revision. */
    private record Known(long authRevision, boolean enabled, Map<Bytes, Bytes> hashes) {}

    /** Called by the state-machine thread, as often as it likes. */
    public void observe(Store store) {
        Known before = known;
        if (store.authRevision() != before.authRevision()
                || store.isAuthEnabled() != before.enabled()) {
            known = new Known(store.authRevision(), store.isAuthEnabled(), store.passwordHashes());
        }
    }

    /** Whether permissions are looked at, as far as this member knows. */
    public boolean authEnabled() {
        return known.enabled();
    }

    @Override
    public Optional<byte[]> of(Bytes user) {
        Bytes hash = known.hashes().get(user);
        return hash == null ? Optional.empty() : Optional.of(key(hash));
    }

    private static byte[] key(Bytes hash) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE);
            return digest.digest(hash.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
