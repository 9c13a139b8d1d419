package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Path;

/**
 * Users, roles and permissions by the real {@code etcdctl}, where it is installed, on three
 * members. Alice may read and write what begins with {@code a}, and read {@code shared}.
 */
class EtcdctlAuthTest {

    private static final String DENIED = "etcdserver: permission denied";

    @TempDir static Path folder;

    private static TestMembers members;
    private static Etcdctl nobody;
    private static Etcdctl root;
    private static Etcdctl alice;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Etcdctl.isInstalled(), "etcdctl is not installed");
        members = TestMembers.withQuickPasswords(3, folder);
        nobody = new Etcdctl(members.endpoints());
        root = nobody.as("root:pw");
        alice = nobody.as("alice:apw");
        assertEquals("User root created\n", nobody.ctl(0, "user", "add", "root:pw").ok().out());
        nobody.ctl(1, "user", "add", "alice:apw").ok();
        nobody.ctl(2, "role", "add", "reader").ok();
        nobody.ctl(0, "role", "grant-permission", "reader", "readwrite", "a", "--prefix").ok();
        nobody.ctl(1, "role", "grant-permission", "reader", "read", "shared").ok();
        nobody.ctl(2, "user", "grant-role", "alice", "reader").ok();
        nobody.ctl(0, "put", "shared", "s").ok();
        nobody.ctl(1, "put", "secret", "x").ok();
        assertTrue(nobody.ctl(2, "auth", "enable").ok().out().contains("Authentication Enabled"));
    }

    @AfterAll
    static void stop() {
        if (members != null) {
            members.close();
        }
    }

    @Test
    void nobodyMayDoAnythingWithoutThePassword() throws Exception {
        String empty = "etcdserver: user name is empty";
        nobody.ctl(0, "get", "shared").fails(empty);
        nobody.ctl(1, "put", "a", "1").fails(empty);
        nobody.ctl(2, "user", "list").fails(empty);
        nobody.ctl(0, "auth", "disable").fails(empty);
        nobody.ctl(1, "member", "list").fails(empty);
        nobody.ctl(2, "lease", "grant", "60").fails(empty);
        nobody.ctl(0, "lease", "list").fails(empty);
        nobody.ctl(1, "alarm", "list").fails(empty);
        String wrong = "etcdserver: authentication failed, invalid user ID or password";
        nobody.as("alice:pw").ctl(0, "get", "shared").fails(wrong);
        nobody.as("stranger:pw").ctl(1, "get", "shared").fails(wrong);
    }

    @Test
    void userMayWhatItsRolesSayOnEveryMember() throws Exception {
        for (int member = -1; member < 3; member++) {
            alice.ctl(member, "put", "a" + member, "1").ok();
            assertEquals("shared\ns\n", alice.ctl(member, "get", "shared").ok().out());
            alice.ctl(member, "get", "secret").fails(DENIED);
            alice.ctl(member, "put", "shared", "t").fails(DENIED);
            alice.ctl(member, "del", "shared").fails(DENIED);
            alice.ctl(member, "get", "", "--prefix").fails(DENIED);
        }
        String txn = "value(\"shared\") = \"s\"\n\nput a1 then\nget shared\n\nput secret y\n\n";
        alice.run(0, txn, "txn").fails(DENIED);
        String allowed = txn.replace("put secret", "put a2");
        assertTrue(alice.run(1, allowed, "txn").ok().out().startsWith("SUCCESS\n"));
        assertEquals("secret\nx\n", root.ctl(2, "get", "secret").ok().out());
    }

    @Test
    void onlyRootAdministers() throws Exception {
        for (String command : new String[] {"user list", "role list", "user get root", "defrag"}) {
            alice.ctl(1, command.split(" ", -1)).fails(DENIED);
            root.ctl(2, command.split(" ", -1)).ok();
        }
        alice.ctl(0, "compaction", "2").fails(DENIED);
        alice.ctl(0, "user", "add", "carol:pw").fails(DENIED);
        assertEquals("User: alice\nRoles: reader\n", alice.ctl(0, "user", "get", "alice").out());
        assertEquals(
                """
                Role reader
                KV Read:
                \t[a, b) (prefix a)
                \tshared
                KV Write:
                \t[a, b) (prefix a)
                """,
                alice.ctl(1, "role", "get", "reader").ok().out());
        assertTrue(root.ctl(2, "role", "get", "root").out().contains("[, <open ended>"));
        root.ctl(0, "user", "delete", "root").fails("etcdserver: invalid auth management");
    }

    @Test
    void newPasswordTakesTheOldOnesPlace() throws Exception {
        root.ctl(0, "user", "add", "carol:old").ok();
        root.ctl(1, "user", "grant-role", "carol", "reader").ok();
        root.run(2, "new\n", "user", "passwd", "carol", "--interactive=false").ok();
        nobody.as("carol:old").ctl(1, "get", "shared").fails("authentication failed");
        nobody.as("carol:new").ctl(2, "get", "shared").ok();
        root.ctl(0, "user", "add", "nopw", "--no-password").ok();
        nobody.as("nopw:x").ctl(1, "get", "shared").fails("authentication failed");
        root.run(2, "", "user", "add", "long:" + "x".repeat(73))
                .fails("bcrypt: password length exceeds 72 bytes");
    }

    @Test
    void watchIsDeniedAllowedAndEndedWithThePermission() throws Exception {
        alice.ctl(0, "watch", "secret").fails("code = PermissionDenied desc = " + DENIED);
        root.ctl(0, "user", "add", "dave:dpw").ok();
        root.ctl(1, "user", "grant-role", "dave", "reader").ok();
        Etcdctl dave = nobody.as("dave:dpw");
        root.ctl(1, "put", "a", "1").ok();
        String json = root.ctl(1, "get", "a", "-w", "json").ok().out();
        String revision = json.replaceAll(".*\"mod_revision\":([0-9]+).*", "$1").strip();
        Process watch = dave.process(2, "watch", "a", "--prefix", "--rev=" + revision);
        try (BufferedReader lines = watch.inputReader()) {
            assertEquals("PUT", lines.readLine());
            assertEquals("a", lines.readLine());
            assertEquals("1", lines.readLine());
            root.ctl(0, "user", "revoke-role", "dave", "reader").ok();
            assertEquals("Error: watch is canceled by the server", lines.readLine());
        } finally {
            watch.destroy();
        }
        dave.ctl(1, "get", "shared").fails(DENIED);
    }

    @Test
    void everybodyMayEverythingOnceItIsDisabledAgain() throws Exception {
        alice.ctl(0, "auth", "disable").fails(DENIED);
        assertEquals("Authentication Disabled\n", root.ctl(1, "auth", "disable").ok().out());
        nobody.ctl(2, "put", "secret", "x").ok();
        // As etcdctl does it: it says that nobody need log in, and goes on.
        assertTrue(alice.ctl(0, "get", "secret").ok().out().endsWith("secret\nx\n"));
        assertTrue(nobody.ctl(1, "user", "list").ok().out().startsWith("alice\n"));
        nobody.ctl(2, "auth", "enable").ok();
        nobody.ctl(0, "get", "secret").fails("etcdserver: user name is empty");
    }
}
