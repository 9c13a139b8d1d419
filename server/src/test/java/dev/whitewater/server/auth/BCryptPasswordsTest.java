package dev.whitewater.server.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Bytes;

import org.junit.jupiter.api.Test;

class BCryptPasswordsTest {

    private final BCryptPasswords passwords = new BCryptPasswords(BCryptPasswords.COST_LEAST);

    @Test
    void onlyTheRightPasswordMatchesItsHash() {
        Bytes hash = passwords.hash(Bytes.utf8("secret"));
        assertTrue(passwords.matches(Bytes.utf8("secret"), hash));
        assertFalse(passwords.matches(Bytes.utf8("Secret"), hash));
        assertFalse(passwords.matches(Bytes.EMPTY, hash));
        assertFalse(passwords.matches(hash, hash));
    }

    @Test
    void hashShowsNothingOfThePasswordAndDiffersEachTime() {
        Bytes password = Bytes.utf8("secret");
        Bytes hash = passwords.hash(password);
        assertFalse(hash.toUtf8().contains("secret"), hash.toUtf8());
        assertTrue(hash.toUtf8().startsWith("$2a$04$"), hash.toUtf8());
        assertNotEquals(hash, passwords.hash(password));
    }

    @Test
    void hashMadeByGosLibraryMatches() {
        // A published test vector of the algorithm.
        Bytes hash = Bytes.utf8("$2a$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga");
        assertTrue(passwords.matches(Bytes.utf8("allmine"), hash));
        assertFalse(passwords.matches(Bytes.utf8("allyours"), hash));
    }

    @Test
    void passwordThatBcryptWouldCutOffIsRefused() {
        Bytes longest = Bytes.utf8("x".repeat(BCryptPasswords.BYTES_MOST));
        Bytes tooLong = Bytes.utf8("x".repeat(BCryptPasswords.BYTES_MOST + 1));
        Bytes hash = passwords.hash(longest);
        assertTrue(passwords.matches(longest, hash));
        assertFalse(passwords.matches(tooLong, hash));
        assertThrows(IllegalArgumentException.class, () -> passwords.hash(tooLong));
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertFalse(passwords.matches(Bytes.utf8("secret"), Bytes.utf8("secret")));
        assertFalse(passwords.matches(Bytes.EMPTY, Bytes.EMPTY));
    }

    @Test
    void costOutsideOfBcryptsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BCryptPasswords(3));
        assertThrows(IllegalArgumentException.class, () -> new BCryptPasswords(32));
    }
}
