package dev.whitewater.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.port.Tokens;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/**
 * Tokens that say all there is to know of them: JSON Web Tokens with the claims of etcd's {@code
 * --auth-token=jwt}, signed with HMAC and SHA-256. No member keeps any, so any member that knows
 * the key takes them, also after a restart.
 */
public final class JwtTokens implements Tokens {

    private static final String USER = "username";
    private static final String REVISION = "revision";

    private final SigningKeys keys;
    private final Duration lifetime;
    private final InstantSource clock;

    public JwtTokens(SigningKeys keys, Duration lifetime, InstantSource clock) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Throws {@link IllegalStateException} if there is no key for the user. */
    @Override
    public String issue(Caller caller) {
        byte[] key =
                keys.of(caller.user())
                        .orElseThrow(
                                () -> new IllegalStateException("no key for " + caller.user()));
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .claim(USER, caller.user().toUtf8())
                        .claim(REVISION, caller.authRevision())
                        .expirationTime(Date.from(clock.instant().plus(lifetime)))
                        .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("can't sign a token: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    @Override
    public Optional<Caller> verify(String token) {
        try {
            return verify(SignedJWT.parse(token));
        } catch (ParseException | JOSEException _) {
            // Whatever is wrong with it, it vouches for nobody.
            return Optional.empty();
        }
    }

    /** Only the one algorithm: a token must not choose how it is checked. */
    private Optional<Caller> verify(SignedJWT token) throws ParseException, JOSEException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        String name = claims.getStringClaim(USER);
        Long revision = claims.getLongClaim(REVISION);
        Date end = claims.getExpirationTime();
        if (name == null || revision == null || end == null) {
            return Optional.empty();
        }
        Bytes user = Bytes.utf8(name);
        Optional<byte[]> key = keys.of(user);
        Instant now = clock.instant();
        boolean good =
                key.isPresent()
                        && token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
                        && now.isBefore(end.toInstant())
                        && token.verify(new MACVerifier(key.get()));
        return good ? Optional.of(Caller.user(user, revision)) : Optional.empty();
    }
}
