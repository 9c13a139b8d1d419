package dev.whitewater.cli;

import dev.whitewater.node.ServiceLimits;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.server.EtcdUrl;
import dev.whitewater.server.InitialCluster;
import dev.whitewater.server.LocalCluster;
import dev.whitewater.server.MemberServer;
import dev.whitewater.server.ServerConfig;
import dev.whitewater.server.ServerRefused;
import dev.whitewater.server.auth.AuthOptions;
import dev.whitewater.server.log.Log;

import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

@Command(
        name = "serve",
        defaultValueProvider = ServeCommand.Environment.class,
        description = {
            "A member on real sockets that etcd's clients talk to; the flags are etcd's.",
            "Every flag is also taken from the environment, as ETCD_ and its name."
        },
        footer = {
            "  ./whitewater serve --local 3",
            "  ./whitewater serve --name m1 --data-dir out/m1"
        })
final class ServeCommand extends CommandDefaults {

    @Option(
            names = "--local",
            paramLabel = "N",
            description =
                    "N members in this process, for trying things out: clients on 2379, 22379, ...,"
                            + " folders below --data-dir.")
    private int local;

    @Option(
            names = "--ports",
            paramLabel = "BASE",
            description = "With --local: clients on BASE, BASE+10, ..., peers one higher.")
    private int ports;

    @Option(names = "--name", paramLabel = "NAME", description = "This member's name.")
    private String name = "default";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where it keeps its files; NAME.etcd if not given.")
    private Path dataDir = Path.of("");

    @Option(names = "--listen-client-urls", paramLabel = "URLS", description = "For clients.")
    private String listenClientUrls = "http://localhost:2379";

    @Option(
            names = "--advertise-client-urls",
            paramLabel = "URLS",
            description = "Where clients reach this member.")
    private String advertiseClientUrls = "";

    @Option(names = "--listen-peer-urls", paramLabel = "URLS", description = "For other members.")
    private String listenPeerUrls = "http://localhost:2380";

    @Option(
            names = "--initial-advertise-peer-urls",
            paramLabel = "URLS",
            description = "Where other members reach this one.")
    private String initialAdvertisePeerUrls = "http://localhost:2380";

    @Option(
            names = "--initial-cluster",
            paramLabel = "NAME=URL,...",
            description = "All members of the cluster, this one among them.")
    private String initialCluster = "";

    @Option(
            names = "--initial-cluster-state",
            paramLabel = "STATE",
            description = "new or existing; what is in the data directory decides.")
    private String initialClusterState = "new";

    @Option(
            names = "--initial-cluster-token",
            paramLabel = "TOKEN",
            description = "Tells this cluster from others of the same addresses.")
    private String initialClusterToken = "etcd-cluster";

    @Option(
            names = "--heartbeat-interval",
            paramLabel = "MS",
            description = "Milliseconds between a leader's heartbeats.")
    private int heartbeatInterval = 100;

    @Option(
            names = "--election-timeout",
            paramLabel = "MS",
            description = "Milliseconds without a leader before an election.")
    private int electionTimeout = 1000;

    @Option(
            names = "--snapshot-count",
            paramLabel = "N",
            description = "Entries applied between two snapshots.")
    private long snapshotCount = 100_000;

    @Option(
            names = "--checkpoint-format",
            paramLabel = "FORMAT",
            description = "How snapshots are written: ${COMPLETION-CANDIDATES}. All are read.")
    private ServerConfig.CheckpointFormat checkpointFormat = ServerConfig.CheckpointFormat.STREAM;

    @Option(
            names = "--quota-backend-bytes",
            paramLabel = "N",
            description =
                    "Room for all versions before NOSPACE is raised; 0: 2 GiB, less: no bound.")
    private long quotaBackendBytes;

    @Option(
            names = "--experimental-enable-lease-checkpoint",
            arity = "0..1",
            fallbackValue = "true",
            description = "Leaders note every five minutes what leases have left.")
    private boolean enableLeaseCheckpoint;

    @Option(
            names = "--auth-token",
            paramLabel = "KIND",
            description = {
                "What tokens are signed with: simple makes a key of each user's password,",
                "jwt,sign-method=HS256,priv-key=FILE[,ttl=5m] takes one that all members have."
            })
    private String authToken = "simple";

    @Option(
            names = "--auth-token-ttl",
            paramLabel = "S",
            description = "Seconds that a token of kind simple counts.")
    private int authTokenTtl = AuthOptions.TTL_SECONDS_USUAL;

    @Option(
            names = "--bcrypt-cost",
            paramLabel = "N",
            description = "How slow it is to look at a password; each one more doubles it.")
    private int bcryptCost = AuthOptions.DEFAULT.bcryptCost();

    ServeCommand(Screen screen) {
        super(screen);
    }

    /** {@code ETCD_DATA_DIR} for {@code --data-dir}. */
    static final class Environment implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec argument) {
            if (!(argument instanceof OptionSpec option) || option.usageHelp()) {
                return null;
            }
            String flag = option.longestName().substring(2);
            return System.getenv("ETCD_" + flag.replace('-', '_').toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (ports != 0 && local == 0) {
            throw Refused.usage("--ports goes with --local.");
        }
        List<ServerConfig> configs = configs();
        LocalCluster members;
        try {
            members = LocalCluster.start(configs, screen().err());
        } catch (ServerRefused e) {
            throw new Refused(ExitCode.HARNESS_FAILED, e.getMessage());
        }
        closeOnSignal(members);
        if (local > 0) {
            announce(configs);
        }
        return await(members);
    }

    private List<ServerConfig> configs() {
        try {
            ServerConfig.Timing timing =
                    new ServerConfig.Timing(heartbeatInterval, electionTimeout);
            if (local > 0) {
                Path parent = dataDir.toString().isEmpty() ? Path.of("out", "local") : dataDir;
                AuthOptions auth = auth();
                return LocalCluster.configs(local, ports, parent, timing).stream()
                        .map(config -> config.with(auth))
                        .toList();
            }
            return List.of(config(timing));
        } catch (IllegalArgumentException e) {
            throw Refused.usage(e.getMessage() + ".");
        }
    }

    private ServerConfig config(ServerConfig.Timing timing) {
        if (!List.of("new", "existing").contains(initialClusterState)) {
            throw new IllegalArgumentException(
                    "--initial-cluster-state: expected new or existing, got "
                            + initialClusterState);
        }
        List<EtcdUrl> listenClient = EtcdUrl.parseAll(listenClientUrls);
        ServerConfig.Urls urls =
                new ServerConfig.Urls(
                        listenClient,
                        advertiseClientUrls.isEmpty()
                                ? listenClient
                                : EtcdUrl.parseAll(advertiseClientUrls),
                        EtcdUrl.parseAll(listenPeerUrls),
                        EtcdUrl.parseAll(initialAdvertisePeerUrls));
        String cluster =
                initialCluster.isEmpty()
                        ? name + "=" + urls.advertisePeer().getFirst()
                        : initialCluster;
        return new ServerConfig(
                name,
                dataDir.toString().isEmpty() ? Path.of(name + ".etcd") : dataDir,
                urls,
                InitialCluster.parse(cluster, initialClusterToken),
                timing,
                snapshotCount,
                checkpointFormat,
                services(),
                auth());
    }

    private AuthOptions auth() {
        return AuthOptions.parse(authToken, authTokenTtl, bcryptCost);
    }

    private ServiceLimits services() {
        ServiceLimits usual = ServiceLimits.DEFAULT;
        return new ServiceLimits(
                usual.watchAnswerBytes(),
                usual.watchProgressNanos(),
                enableLeaseCheckpoint ? ServiceLimits.LEASE_CHECKPOINT_NANOS : 0,
                quotaBackendBytes == 0 ? usual.quotaBytes() : Math.max(0, quotaBackendBytes),
                usual.watchRoom());
    }

    /** A stop that was asked for is a success, whoever asked. */
    private static void closeOnSignal(LocalCluster members) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(
                                        () -> {
                                            boolean failed =
                                                    members.members().stream()
                                                            .anyMatch(ServeCommand::hasFailed);
                                            members.close();
                                            if (!failed) {
                                                Runtime.getRuntime().halt(ExitCode.PASSED);
                                            }
                                        }));
    }

    private static boolean hasFailed(MemberServer member) {
        return member.ended().isDone();
    }

    private void announce(List<ServerConfig> configs) {
        StringBuilder endpoints = new StringBuilder();
        for (ServerConfig config : configs) {
            endpoints.append(endpoints.isEmpty() ? "" : ",");
            EtcdUrl url = config.urls().advertiseClient().getFirst();
            endpoints.append(url.host()).append(':').append(url.port());
        }
        screen().line(
                        "Members are up: etcdctl --endpoints="
                                + endpoints
                                + " endpoint status -w table");
        screen().out().flush();
    }

    /** Until a member ends by itself, which it does only when it must not go on. */
    private int await(LocalCluster members) {
        CompletableFuture<?>[] ends =
                members.members().stream()
                        .map(MemberServer::ended)
                        .toArray(CompletableFuture<?>[]::new);
        Throwable cause = (Throwable) CompletableFuture.anyOf(ends).join();
        if (cause.getMessage() == null) {
            return ExitCode.PASSED;
        }
        screen().error("a member can't go on: " + cause.getMessage());
        new Log(screen().err(), "serve").error("a member failed", "error", cause.toString());
        return switch (cause) {
            case InvariantViolation _ -> ExitCode.SAFETY_VIOLATED;
            case DiskFailure _ -> ExitCode.HARNESS_FAILED;
            default -> ExitCode.CRASHED;
        };
    }
}
