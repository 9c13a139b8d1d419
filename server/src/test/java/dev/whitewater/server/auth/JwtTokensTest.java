package dev.whitewater.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

class JwtTokensTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Caller ALICE = Caller.user(Bytes.utf8("alice"), 7);

    private static byte[] key(String text) {
        return text.repeat(64).getBytes(StandardCharsets.UTF_8);
    }

    private static JwtTokens tokens(String key, Instant now) {
        return new JwtTokens(
                _ -> Optional.of(key(key)), Duration.ofMinutes(5), InstantSource.fixed(now));
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .claim("username", "root")
                .claim("revision", 7L)
                .expirationTime(Date.from(NOON.plusSeconds(60)))
                .build();
    }

    @Test
    void tokenTellsWhomItWasMadeForToWhoeverKnowsTheKey() {
        String token = tokens("a", NOON).issue(ALICE);
        assertEquals(Optional.of(ALICE), tokens("a", NOON.plusSeconds(299)).verify(token));
    }

    @Test
    void tokenThatIsTooOldIsRefused() {
        String token = tokens("a", NOON).issue(ALICE);
        assertEquals(Optional.empty(), tokens("a", NOON.plusSeconds(300)).verify(token));
    }

    @Test
    void tokenSignedWithAnotherKeyIsRefused() {
        String token = tokens("b", NOON).issue(ALICE);
        assertEquals(Optional.empty(), tokens("a", NOON).verify(token));
    }

    @Test
    void tokenWhoseClaimsWereChangedIsRefused() {
        String[] parts = tokens("a", NOON).issue(ALICE).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                claims.replace("alice", "root").getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Optional.empty(),
                tokens("a", NOON).verify(parts[0] + "." + other + "." + parts[2]));
    }

    @Test
    void tokenThatChoosesItsOwnAlgorithmIsRefused() throws Exception {
        assertEquals(
                Optional.empty(), tokens("a", NOON).verify(new PlainJWT(claims()).serialize()));
        SignedJWT other = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims());
        other.sign(new MACSigner(key("a")));
        assertEquals(Optional.empty(), tokens("a", NOON).verify(other.serialize()));
    }

    @Test
    void whatIsNoTokenIsRefused() throws Exception {
        for (String text : new String[] {"", "x", "a.b.c", "..", "Bearer x.y.z"}) {
            assertEquals(Optional.empty(), tokens("a", NOON).verify(text), text);
        }
        SignedJWT empty =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256), new JWTClaimsSet.Builder().build());
        empty.sign(new MACSigner(key("a")));
        assertEquals(Optional.empty(), tokens("a", NOON).verify(empty.serialize()));
    }

    /** A store with alice in it, and a member that has seen it. */
    private static KnownUsers users(Store store, AuthRequest request) {
        store.apply(store.appliedIndex() + 1, request);
        KnownUsers users = new KnownUsers();
        users.observe(store);
        return users;
    }

    @Test
    void tokenByThePasswordsHashIsTakenByAllMembersUntilThePasswordChanges() {
        Store store = new Store();
        AuthRequest add = new AuthRequest.AddUser(ALICE.user(), Bytes.utf8("hash 1"));
        KnownUsers one = users(store, add);
        InstantSource clock = InstantSource.fixed(NOON);
        JwtTokens first = new JwtTokens(one, Duration.ofMinutes(5), clock);
        JwtTokens second = new JwtTokens(users(new Store(), add), Duration.ofMinutes(5), clock);
        String token = first.issue(ALICE);
        assertEquals(Optional.of(ALICE), second.verify(token));
        store.apply(2, new AuthRequest.ChangePassword(ALICE.user(), Bytes.utf8("hash 2")));
        one.observe(store);
        assertEquals(Optional.empty(), first.verify(token));
    }

    @Test
    void userWithoutPasswordHasNoTokens() {
        KnownUsers users = users(new Store(), new AuthRequest.AddUser(ALICE.user(), Bytes.EMPTY));
        JwtTokens tokens = new JwtTokens(users, Duration.ofMinutes(5), InstantSource.fixed(NOON));
        assertEquals(Optional.empty(), users.of(ALICE.user()));
        assertThrows(IllegalStateException.class, () -> tokens.issue(ALICE));
    }
}
