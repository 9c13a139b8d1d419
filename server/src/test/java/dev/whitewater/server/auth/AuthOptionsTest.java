package dev.whitewater.server.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class AuthOptionsTest {

    @TempDir Path folder;

    private static void refused(String token, String part) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> AuthOptions.parse(token, 300, 10))
                        .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void simpleTakesItsLifetimeFromTheOtherFlag() {
        AuthOptions options = AuthOptions.parse("simple", 7, 4);
        assertEquals(Duration.ofSeconds(7), options.tokenLifetime());
        assertEquals(new AuthOptions.TokenKey.OfPasswords(), options.tokenKey());
        assertEquals(AuthOptions.DEFAULT, AuthOptions.parse("simple", 300, 10));
        assertThrows(IllegalArgumentException.class, () -> AuthOptions.parse("simple", 0, 4));
        assertThrows(IllegalArgumentException.class, () -> AuthOptions.parse("simple", 7, 3));
    }

    @Test
    void jwtTakesItsKeyFromAFile() throws IOException {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("key"), key);
        AuthOptions options =
                AuthOptions.parse("jwt,sign-method=HS256,ttl=1h30m,priv-key=" + file, 7, 10);
        assertEquals(Duration.ofMinutes(90), options.tokenLifetime());
        assertArrayEquals(
                key, options.keys(new KnownUsers()).of(Bytes.utf8("anybody")).orElseThrow());
    }

    @Test
    void whatCannotBeServedIsRefusedInWords() throws IOException {
        Path file = Files.write(folder.resolve("short"), new byte[8]);
        String jwt = "jwt,sign-method=HS256,priv-key=" + file;
        refused("magic", "expected simple, or jwt and its options, got magic");
        refused("jwt,sign-method=RS512", "expected sign-method=HS256, got RS512");
        refused("jwt,priv-key=" + file, "expected sign-method=HS256, got none");
        refused("jwt,sign-method=HS256,priv-key=" + folder.resolve("none"), "can't read priv-key=");
        refused(jwt, "at least 32 bytes, got 8");
        refused(jwt + ",ttl=5x", "expected a ttl like 5m or 1h30m, got 5x");
        refused(jwt + ",ttl=", "expected a ttl like 5m or 1h30m, got ");
        refused(jwt + ",color=red", "expected sign-method=, priv-key= or ttl=, got color=red");
    }
}
