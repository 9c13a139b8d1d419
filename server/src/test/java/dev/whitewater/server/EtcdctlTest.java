package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whitewater.server.Etcdctl.Ran;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The real {@code etcdctl} (Debian's etcd-client, 3.4), where it is installed, against three
 * members: each command goes to a member of its own choice, and the answers are those of etcd.
 */
class EtcdctlTest {

    @TempDir static Path folder;

    private static TestMembers members;

    @BeforeAll
    static void start() {
        assumeTrue(Etcdctl.isInstalled(), "etcdctl is not installed");
        members = TestMembers.start(3, folder);
    }

    @AfterAll
    static void stop() {
        if (members != null) {
            members.close();
        }
    }

    private static Process process(int member, String... arguments) throws IOException {
        return new Etcdctl(members.endpoints()).process(member, arguments);
    }

    private static Ran run(int member, String input, String... arguments) throws Exception {
        return new Etcdctl(members.endpoints()).run(member, input, arguments);
    }

    private static Ran ctl(int member, String... arguments) throws Exception {
        return run(member, "", arguments);
    }

    @Test
    void putGetAndDeleteOnDifferentMembers() throws Exception {
        assertEquals("OK\n", ctl(0, "put", "kv/a", "1").ok().out());
        ctl(1, "put", "kv/b", "2").ok();
        ctl(2, "put", "kv/a", "3").ok();
        assertEquals("kv/a\n3\nkv/b\n2\n", ctl(0, "get", "kv/", "--prefix").ok().out());
        assertEquals("2\n", ctl(1, "get", "kv/b", "--print-value-only").ok().out());
        String json = ctl(2, "get", "kv/a", "-w", "json").ok().out();
        assertTrue(json.contains("\"key\":\"a3YvYQ==\""), json);
        assertTrue(json.contains("\"version\":2"), json);
        assertEquals("1\nkv/a\n3\n", ctl(0, "del", "kv/a", "--prev-kv").ok().out());
        assertEquals("", ctl(1, "get", "kv/a").ok().out());
    }

    @Test
    void oldRevisionsAreReadUntilTheyAreCompacted() throws Exception {
        ctl(0, "put", "old", "first").ok();
        String json = ctl(0, "get", "old", "-w", "json").ok().out();
        String revision = json.replaceAll(".*\"mod_revision\":([0-9]+).*", "$1").strip();
        ctl(1, "put", "old", "second").ok();
        assertEquals("old\nfirst\n", ctl(2, "get", "old", "--rev=" + revision).ok().out());
        String next = String.valueOf(Long.parseLong(revision) + 1);
        assertEquals(
                "compacted revision " + next + "\n",
                ctl(0, "compaction", next, "--physical").ok().out());
        assertTrue(
                ctl(1, "get", "old", "--rev=" + revision)
                        .out()
                        .contains("etcdserver: mvcc: required revision has been compacted"));
        assertTrue(
                ctl(2, "compaction", "9000000")
                        .out()
                        .contains("etcdserver: mvcc: required revision is a future revision"));
    }

    @Test
    void transactionTakesTheSideItsConditionsSay() throws Exception {
        ctl(0, "put", "txn/a", "v").ok();
        String txn = "value(\"txn/a\") = \"v\"\n\nput txn/b yes\nget txn/a\n\nput txn/b no\n\n";
        String out = run(1, txn, "txn").ok().out();
        assertTrue(out.startsWith("SUCCESS\n"), out);
        assertTrue(out.contains("txn/a\nv\n"), out);
        assertEquals("yes\n", ctl(2, "get", "txn/b", "--print-value-only").ok().out());
    }

    @Test
    void watchTellsThePastAndThePresent() throws Exception {
        ctl(0, "put", "watch/a", "1").ok();
        String json = ctl(0, "get", "watch/a", "-w", "json").ok().out();
        String revision = json.replaceAll(".*\"mod_revision\":([0-9]+).*", "$1").strip();
        Process watch = process(1, "watch", "watch/", "--prefix", "--rev=" + revision);
        try (BufferedReader lines = watch.inputReader()) {
            assertEquals("PUT", lines.readLine());
            assertEquals("watch/a", lines.readLine());
            assertEquals("1", lines.readLine());
            ctl(2, "put", "watch/b", "2").ok();
            ctl(2, "del", "watch/a").ok();
            assertEquals("PUT", lines.readLine());
            assertEquals("watch/b", lines.readLine());
            assertEquals("2", lines.readLine());
            assertEquals("DELETE", lines.readLine());
            assertEquals("watch/a", lines.readLine());
        } finally {
            watch.destroy();
        }
    }

    @Test
    void leaseIsGrantedKeptAliveAskedForAndRevoked() throws Exception {
        String granted = ctl(0, "lease", "grant", "60").ok().out();
        String lease = granted.substring("lease ".length(), granted.indexOf(" granted"));
        assertEquals("lease " + lease + " granted with TTL(60s)\n", granted);
        ctl(1, "put", "leased", "v", "--lease=" + lease).ok();
        String left = ctl(2, "lease", "timetolive", lease, "--keys").ok().out();
        assertTrue(left.contains("granted with TTL(60s), remaining("), left);
        assertTrue(left.contains("attached keys([leased])"), left);
        for (int member = 0; member < 3; member++) {
            assertEquals(
                    "lease " + lease + " keepalived with TTL(60)\n",
                    ctl(member, "lease", "keep-alive", "--once", lease).ok().out());
        }
        assertTrue(ctl(1, "lease", "list").ok().out().contains(lease));
        assertEquals("lease " + lease + " revoked\n", ctl(2, "lease", "revoke", lease).ok().out());
        assertEquals("", ctl(0, "get", "leased").ok().out());
        assertEquals(
                "lease " + lease + " already expired\n",
                ctl(1, "lease", "timetolive", lease).ok().out());
    }

    @Test
    void membersAndTheirStatesAreShownAsTables() throws Exception {
        String list = ctl(-1, "member", "list", "-w", "table").ok().out();
        String status = ctl(-1, "endpoint", "status", "-w", "table").ok().out();
        String health = ctl(-1, "endpoint", "health", "-w", "table").ok().out();
        for (int member = 0; member < 3; member++) {
            String endpoint = members.endpoints().get(member);
            assertTrue(list.contains("m" + member) && list.contains(endpoint), list);
            assertTrue(status.contains(endpoint), status);
            assertTrue(health.contains(endpoint), health);
        }
        assertEquals(3, list.split(" started ", -1).length - 1, list);
        assertEquals(3, health.split(" true ", -1).length - 1, health);
        assertTrue(status.contains(" 3.5."), status);
    }

    @Test
    void recipesOfTheClientWorkOnMembersOfTheirChoice() throws Exception {
        assertEquals("held\n", ctl(1, "lock", "a-lock", "echo", "held").ok().out());
    }

    @Test
    void refusalsCarryEtcdsCodesAndTexts() throws Exception {
        Ran empty = ctl(0, "put", "", "v");
        assertTrue(empty.exit() != 0 && empty.out().contains("etcdserver: key is not provided"));
        Ran lease = ctl(1, "put", "k", "v", "--lease=4d2");
        assertTrue(lease.out().contains("etcdserver: requested lease not found"), lease.out());
        Ran ignore = ctl(2, "put", "missing", "--ignore-value");
        assertTrue(ignore.out().contains("etcdserver: key not found"), ignore.out());
    }
}
