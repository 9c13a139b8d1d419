package dev.whitewater.bench.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Members of one program in processes of their own, below a folder that goes with them. */
final class ServedCluster implements AutoCloseable {

    static final Path ETCD = Path.of("/usr/bin/etcd");

    /** Linux counts processor time in hundredths of a second. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;

    private final List<Process> processes = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();
    private final Path folder;

    /** Whose members. */
    enum Program {
        WHITEWATER,
        ETCD
    }

    private ServedCluster(Path folder) {
        this.folder = folder;
    }

    static ServedCluster start(Program program, int size) throws IOException {
        ServedCluster cluster = new ServedCluster(Files.createTempDirectory("bench-serve"));
        List<Integer> ports = freePorts(2 * size);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < size; i++) {
            all.append(i == 0 ? "" : ",");
            all.append("m" + i + "=http://127.0.0.1:" + ports.get(2 * i + 1));
        }
        for (int i = 0; i < size; i++) {
            int client = ports.get(2 * i);
            int peer = ports.get(2 * i + 1);
            String data = cluster.folder.resolve("m" + i).toString();
            List<String> command =
                    switch (program) {
                        case WHITEWATER -> whitewater("m" + i, data, client, peer, all.toString());
                        case ETCD -> etcd("m" + i, data, client, peer, all.toString());
                    };
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(cluster.folder.resolve("m" + i + ".log").toFile());
            cluster.processes.add(builder.start());
            cluster.endpoints.add("127.0.0.1:" + client);
        }
        return cluster;
    }

    private static List<String> whitewater(
            String name, String data, int client, int peer, String all) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MemberMain.class.getName(),
                name,
                data,
                String.valueOf(client),
                String.valueOf(peer),
                all);
    }

    private static List<String> etcd(String name, String data, int client, int peer, String all) {
        String clients = "http://127.0.0.1:" + client;
        String peers = "http://127.0.0.1:" + peer;
        return List.of(
                ETCD.toString(),
                "--name=" + name,
                "--data-dir=" + data,
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=" + all);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    List<String> endpoints() {
        return endpoints;
    }

    /** Of all members since their start, the runtime's own threads included. */
    double cpuSeconds() {
        double ticks = 0;
        for (Process process : processes) {
            String stat = read(process, "stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The most that one member ever had resident. */
    double peakMegabytes() {
        double most = 0;
        for (Process process : processes) {
            for (String line : read(process, "status").lines().toList()) {
                if (line.startsWith("VmHWM:")) {
                    most = Math.max(most, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0);
                }
            }
        }
        return most;
    }

    private static String read(Process process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("a member ended while it was measured", e);
        }
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
