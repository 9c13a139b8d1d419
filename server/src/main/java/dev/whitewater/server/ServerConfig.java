package dev.whitewater.server;

import dev.whitewater.node.ServiceLimits;
import dev.whitewater.server.auth.AuthOptions;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.KnownCheckpoints;
import dev.whitewater.store.StreamCheckpoints;
import dev.whitewater.store.mapdb.MapDbCheckpoints;

import java.nio.file.Path;
import java.util.List;

/** What one member is told at its start, as etcd's flags say it. */
public record ServerConfig(
        String name,
        Path dataDir,
        Urls urls,
        InitialCluster cluster,
        Timing timing,
        long snapshotCount,
        CheckpointFormat checkpoints,
        ServiceLimits services,
        AuthOptions auth) {

    /** Checkpoints as a stream, and clients served as usual. */
    public ServerConfig(
            String name,
            Path dataDir,
            Urls urls,
            InitialCluster cluster,
            Timing timing,
            long snapshotCount) {
        this(
                name,
                dataDir,
                urls,
                cluster,
                timing,
                snapshotCount,
                CheckpointFormat.STREAM,
                ServiceLimits.DEFAULT,
                AuthOptions.DEFAULT);
    }

    /** The same with other passwords and tokens. */
    public ServerConfig with(AuthOptions other) {
        return new ServerConfig(
                name, dataDir, urls, cluster, timing, snapshotCount, checkpoints, services, other);
    }

    /** How the state is written to snapshots; whichever it is, all are read. */
    public enum CheckpointFormat {
        /** One version after the other. */
        STREAM,
        /** A MapDB file. */
        MAPDB;

        Checkpoints known() {
            Checkpoints stream = new StreamCheckpoints();
            Checkpoints map = new MapDbCheckpoints();
            return new KnownCheckpoints(
                    this == STREAM ? List.of(stream, map) : List.of(map, stream));
        }
    }

    /** Where a member listens, and under which addresses others reach it. */
    public record Urls(
            List<EtcdUrl> listenClient,
            List<EtcdUrl> advertiseClient,
            List<EtcdUrl> listenPeer,
            List<EtcdUrl> advertisePeer) {
        public Urls {
            listenClient = List.copyOf(listenClient);
            advertiseClient = List.copyOf(advertiseClient);
            listenPeer = List.copyOf(listenPeer);
            advertisePeer = List.copyOf(advertisePeer);
        }
    }

    /** A tick, and the shortest time without a leader before an election. */
    public record Timing(int heartbeatMillis, int electionMillis) {
        public static final Timing DEFAULT = new Timing(100, 1_000);

        public Timing {
            if (heartbeatMillis < 1) {
                throw new IllegalArgumentException(
                        "--heartbeat-interval: expected 1 or more, got " + heartbeatMillis);
            }
            if (electionMillis < 5 * heartbeatMillis || electionMillis > 50_000) {
                throw new IllegalArgumentException(
                        "--election-timeout: expected at least 5 times the heartbeat interval ("
                                + heartbeatMillis
                                + ") and at most 50000, got "
                                + electionMillis);
            }
        }

        public int electionTicks() {
            return electionMillis / heartbeatMillis;
        }

        public long tickNanos() {
            return heartbeatMillis * 1_000_000L;
        }
    }

    public ServerConfig {
        if (!cluster.members().containsKey(name)) {
            throw new IllegalArgumentException(
                    "couldn't find local name \""
                            + name
                            + "\" in the initial cluster configuration "
                            + cluster.members().keySet());
        }
        if (!List.copyOf(cluster.members().get(name)).equals(urls.advertisePeer())) {
            throw new IllegalArgumentException(
                    "--initial-cluster has "
                            + name
                            + " at "
                            + cluster.members().get(name)
                            + ", but --initial-advertise-peer-urls says "
                            + urls.advertisePeer());
        }
    }
}
