package dev.whitewater.server;

import dev.whitewater.server.auth.AuthOptions;
import dev.whitewater.server.auth.BCryptPasswords;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Members on free ports of this machine, quick to elect a leader. */
final class TestMembers implements AutoCloseable {

    static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final List<ServerConfig> configs;
    private final LocalCluster cluster;

    private TestMembers(List<ServerConfig> configs) {
        this.configs = configs;
        cluster = LocalCluster.start(configs, SILENT);
        boolean all = configs.size() == configs.getFirst().cluster().members().size();
        if (all) {
            cluster.members().forEach(TestMembers::await);
        }
    }

    /** A part of a cluster may never come so far; a whole one does, or the test is over. */
    private static void await(MemberServer member) {
        member.ready().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static TestMembers start(int size, Path folder) {
        return new TestMembers(configs(size, folder));
    }

    static TestMembers start(List<ServerConfig> configs) {
        return new TestMembers(configs);
    }

    /** Members that look at passwords as fast as bcrypt can. */
    static TestMembers withQuickPasswords(int size, Path folder) {
        AuthOptions quick = AuthOptions.parse("simple", 300, BCryptPasswords.COST_LEAST);
        return start(configs(size, folder).stream().map(each -> each.with(quick)).toList());
    }

    static List<ServerConfig> configs(int size, Path folder) {
        List<Integer> ports = freePorts(2 * size);
        Map<String, List<EtcdUrl>> peers = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            peers.put("m" + i, List.of(new EtcdUrl("127.0.0.1", ports.get(2 * i + 1))));
        }
        InitialCluster cluster = new InitialCluster(peers, "test");
        List<ServerConfig> configs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<EtcdUrl> client = List.of(new EtcdUrl("127.0.0.1", ports.get(2 * i)));
            List<EtcdUrl> peer = peers.get("m" + i);
            configs.add(
                    new ServerConfig(
                            "m" + i,
                            folder.resolve("m" + i),
                            new ServerConfig.Urls(client, client, peer, peer),
                            cluster,
                            new ServerConfig.Timing(20, 200),
                            1_000));
        }
        return configs;
    }

    /** All asked for at once, so that none is given out twice. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }

    List<String> endpoints() {
        return configs.stream()
                .map(config -> config.urls().listenClient().getFirst().toString())
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
