package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code etcdctl} (Debian's etcd-client, 3.4), run against members. */
final class Etcdctl {

    private static final Path BINARY = Path.of("/usr/bin/etcdctl");

    private final List<String> endpoints;
    private final List<String> flags;

    Etcdctl(List<String> endpoints, String... flags) {
        this.endpoints = endpoints;
        this.flags = List.of(flags);
    }

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** What a command printed, both streams, and how it ended. */
    record Ran(int exit, String out) {

        Ran ok() {
            assertEquals(0, exit, out);
            return this;
        }

        void fails(String text) {
            assertNotEquals(0, exit, out);
            assertTrue(out.contains(text), out);
        }
    }

    /** The same on behalf of a user: {@code NAME:PASSWORD}. */
    Etcdctl as(String user) {
        return new Etcdctl(endpoints, "--user=" + user);
    }

    /** A command sent to one member, or to all of them if {@code member} is negative. */
    Process process(int member, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(BINARY.toString());
        command.add(
                "--endpoints="
                        + (member < 0 ? String.join(",", endpoints) : endpoints.get(member)));
        command.add("--command-timeout=20s");
        command.addAll(flags);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        return builder.start();
    }

    Ran run(int member, String input, String... arguments) throws Exception {
        Process process = process(member, arguments);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "etcdctl came to no end");
        return new Ran(process.exitValue(), out);
    }

    Ran ctl(int member, String... arguments) throws Exception {
        return run(member, "", arguments);
    }
}
