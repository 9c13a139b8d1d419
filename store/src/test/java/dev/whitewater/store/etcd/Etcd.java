package dev.whitewater.store.etcd;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real etcd in a process of its own, asked through its JSON gateway. */
final class Etcd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/etcd");
    private static final String CONTROL = "/usr/bin/etcdctl";
    static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path directory;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer: of an error its text. */
    record Answer(boolean ok, JsonNode body) {
        String error() {
            return body.path("error").asString("");
        }
    }

    private Etcd(Process process, Path directory, String url) {
        this.process = process;
        this.directory = directory;
        this.url = url;
    }

    private static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of(CONTROL));
    }

    /**
     * Starts one with nothing in it, and returns when it serves. Without one the test is skipped.
     */
    static Etcd start() throws IOException {
        Assumptions.assumeTrue(
                isInstalled(),
                "SKIPPED: etcd and etcdctl aren't installed (apt-get install etcd-server"
                        + " etcd-client)");
        Path directory = Files.createTempDirectory("whitewater-etcd");
        String client = "http://127.0.0.1:" + freePort();
        String peer = "http://127.0.0.1:" + freePort();
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--data-dir=" + directory.resolve("data"),
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=default=" + peer,
                                "--bcrypt-cost=4",
                                "--logger=zap",
                                "--log-outputs=stdout")
                        .redirectErrorStream(true)
                        .start();
        awaitReady(process);
        return new Etcd(process, directory, client);
    }

    /** Reads on in the background too, since a full pipe would stop the server. */
    private static void awaitReady(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        String line = lines.readLine();
        while (line != null
                && !line.contains("ready to serve client requests")
                && !line.contains("serving client traffic insecurely")) {
            all.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("etcd ended before it served:\n" + all);
        }
        Thread drain = new Thread(() -> drain(lines), "etcd-output");
        drain.setDaemon(true);
        drain.start();
    }

    private static void drain(BufferedReader lines) {
        try (lines) {
            while (lines.readLine() != null) {
                // Nobody wants to know.
            }
        } catch (IOException e) {
            // The process ended, and its output with it.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Answer post(String path, ObjectNode body) {
        return post(path, body, "");
    }

    Answer post(String path, ObjectNode body, String token) {
        try {
            HttpResponse<String> response =
                    client.send(request(path, body, token), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode() == 200, JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while etcd answers", e);
        }
    }

    /** The lines of a stream up to and with the one that {@code last} accepts. */
    List<JsonNode> stream(String path, ObjectNode body, Predicate<JsonNode> last) {
        return stream(path, body, "", last);
    }

    List<JsonNode> stream(String path, ObjectNode body, String token, Predicate<JsonNode> last) {
        try {
            HttpResponse<Stream<String>> response =
                    client.send(request(path, body, token), HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                List<JsonNode> read = new java.util.ArrayList<>();
                var iterator = lines.filter(line -> !line.isBlank()).iterator();
                while (iterator.hasNext()) {
                    JsonNode node = JSON.readTree(iterator.next());
                    read.add(node);
                    if (last.test(node)) {
                        break;
                    }
                }
                return read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while etcd answers", e);
        }
    }

    /** What {@code etcdctl} says of the hash of all keys; the gateway of 3.4 doesn't offer it. */
    JsonNode hashKv() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(CONTROL, "--endpoints=" + url, "endpoint", "hashkv", "-w=json");
        builder.environment().put("ETCDCTL_API", "3");
        Process control = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream out = control.getInputStream()) {
            return JSON.readTree(out.readAllBytes()).path(0).path("HashKV");
        }
    }

    private HttpRequest request(String path, ObjectNode body, String token) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return (token.isEmpty() ? builder : builder.header("Authorization", token)).build();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
