package dev.whitewater.server;

import dev.whitewater.server.log.Log;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several members in one process, for trying things out: own ports, own folders, real sockets. */
public final class LocalCluster implements AutoCloseable {

    /** Where etcd's own examples put a second and a third member. */
    private static final int[] PORTS = {2379, 22379, 32379, 42379, 52379};

    private static final int PORTS_APART = 10;

    private final List<MemberServer> members = new ArrayList<>();

    /**
     * The configurations of {@code size} members below {@code parent}.
     *
     * @param basePort the first member's client port; the peers' is the next, and each member's are
     *     10 further. 0: the ports of etcd's examples
     */
    public static List<ServerConfig> configs(
            int size, int basePort, Path parent, ServerConfig.Timing timing) {
        if (size < 1 || size > PORTS.length) {
            throw new IllegalArgumentException(
                    "expected 1 to " + PORTS.length + " members, got " + size);
        }
        Map<String, List<EtcdUrl>> peers = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            peers.put(name(i), List.of(url(port(basePort, i) + 1)));
        }
        InitialCluster cluster = new InitialCluster(peers, "whitewater-local");
        List<ServerConfig> configs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<EtcdUrl> client = List.of(url(port(basePort, i)));
            List<EtcdUrl> peer = peers.get(name(i));
            configs.add(
                    new ServerConfig(
                            name(i),
                            parent.resolve(name(i)),
                            new ServerConfig.Urls(client, client, peer, peer),
                            cluster,
                            timing,
                            10_000));
        }
        return configs;
    }

    private static String name(int i) {
        return "m" + (i + 1);
    }

    private static int port(int basePort, int i) {
        return basePort == 0 ? PORTS[i] : basePort + PORTS_APART * i;
    }

    private static EtcdUrl url(int port) {
        return new EtcdUrl("127.0.0.1", port);
    }

    /** Starts them all, or none. */
    public static LocalCluster start(List<ServerConfig> configs, PrintStream logs) {
        LocalCluster cluster = new LocalCluster();
        try {
            for (ServerConfig config : configs) {
                cluster.members.add(MemberServer.start(config, new Log(logs, config.name())));
            }
        } catch (ServerRefused e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    public List<MemberServer> members() {
        return List.copyOf(members);
    }

    @Override
    public void close() {
        members.forEach(MemberServer::close);
    }
}
