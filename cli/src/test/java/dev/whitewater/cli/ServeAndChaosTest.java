package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real processes, killed a few times; the long form is a command line. */
class ServeAndChaosTest {

    private static final int PORTS_OF_THREE = 32;

    @TempDir Path folder;

    /** The first of some ports in a row of which the first is free, which the rest mostly are. */
    private static int ports() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Math.min(socket.getLocalPort(), 65_535 - PORTS_OF_THREE);
        }
    }

    @Test
    void killedMembersLoseNoAcknowledgedWrite() throws IOException {
        Path out = folder.resolve("chaos");
        Session session =
                Session.of(
                        "chaos",
                        "--kills=2",
                        "--writes=30",
                        "--clients=4",
                        "--json",
                        "--ports=" + ports(),
                        "--out=" + out);
        assertEquals(0, session.exitCode(), session.err());
        assertEquals("passed", session.json("verdict"));
        assertTrue(Long.parseLong(session.json("acknowledgedWrites")) >= 90, session.out());
        Session check = Session.of("check", out.resolve("history.jsonl"), "--model=etcd", "--json");
        assertEquals("true", check.json("valid"));
        Session inspect = Session.of("inspect", out.resolve("m2"), "--records");
        assertEquals(0, inspect.exitCode(), inspect.err());
        assertTrue(inspect.out().contains("hard state  term "), inspect.out());
        assertTrue(inspect.out().contains(": Put[key=k"), inspect.out());
        assertTrue(inspect.out().contains(" keys, 0 leases, 0 alarms, "), inspect.out());
    }

    @Test
    void historyWithALostWriteIsNotPassed() throws IOException {
        Path history = folder.resolve("lost.jsonl");
        Files.writeString(
                history,
                """
                {"index":0,"process":0,"type":"invoke","f":"put","key":"k","value":1}
                {"index":1,"process":0,"type":"ok","f":"put","key":"k","value":1,"revision":2}
                {"index":2,"process":1,"type":"invoke","f":"get","key":"k","value":null}
                {"index":3,"process":1,"type":"ok","f":"get","key":"k","value":null,"revision":2}
                """);
        assertEquals(2, Session.of("check", history, "--model=etcd").exitCode());
    }

    @Test
    void folderThatIsNotEmptyIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("precious"), "x");
        Session session = Session.of("chaos", "--out=" + folder);
        assertEquals(6, session.exitCode());
        assertTrue(session.errIsOneLine(), session.err());
    }

    @Test
    void folderWithoutALogIsNoDataDirectory() {
        Session session = Session.of("inspect", folder);
        assertEquals(64, session.exitCode());
        assertTrue(session.errIsOneLine(), session.err());
    }

    @Test
    void addressInUseIsOneSentenceAndSix() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + taken.getLocalPort();
            Session session =
                    Session.of(
                            "serve",
                            "--data-dir=" + folder,
                            "--listen-peer-urls=" + url,
                            "--initial-advertise-peer-urls=" + url);
            assertEquals(6, session.exitCode());
            assertTrue(session.err().contains("can't listen for peers on " + url), session.err());
        }
    }

    @Test
    void flagsThatMakeNoSenseAreRefused() {
        for (String flag :
                new String[] {
                    "--listen-client-urls=localhost:2379",
                    "--listen-client-urls=https://localhost:2379",
                    "--initial-cluster=other=http://localhost:2380",
                    "--initial-cluster-state=old",
                    "--heartbeat-interval=0",
                    "--election-timeout=200",
                    "--local=9",
                    "--ports=7000"
                }) {
            Session session = Session.of("serve", "--data-dir=" + folder, flag);
            assertEquals(64, session.exitCode(), flag + ": " + session.err());
            assertTrue(session.errIsOneLine(), session.err());
        }
    }
}
