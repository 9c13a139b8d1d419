package dev.whitewater.server;

import dev.whitewater.node.NodeView;
import dev.whitewater.server.api.AuthService;
import dev.whitewater.server.api.CallCounter;
import dev.whitewater.server.api.Callers;
import dev.whitewater.server.api.ClusterService;
import dev.whitewater.server.api.KvService;
import dev.whitewater.server.api.LeaderRequired;
import dev.whitewater.server.api.LeaseService;
import dev.whitewater.server.api.MaintenanceService;
import dev.whitewater.server.api.Member;
import dev.whitewater.server.api.Roster;
import dev.whitewater.server.api.WatchService;
import dev.whitewater.server.auth.AuthOptions;
import dev.whitewater.server.auth.BCryptPasswords;
import dev.whitewater.server.auth.JwtTokens;
import dev.whitewater.server.auth.KnownUsers;
import dev.whitewater.server.auth.Logins;
import dev.whitewater.server.crank.Crank;
import dev.whitewater.server.http.HttpPages;
import dev.whitewater.server.http.ProtocolDetector;
import dev.whitewater.server.metrics.Metrics;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client port: etcd's gRPC API and its HTTP pages. Calls run on the event loop, which only
 * posts them to the member: any executor between costs several times what a request does.
 */
final class ClientPort {

    /** etcd's: a request's limit and half a mebibyte for what is around it. */
    private static final int MESSAGE_BYTES_MOST = (3 << 19) + (1 << 19);

    private static final int KEEP_ALIVE_SECONDS_LEAST = 5;

    private final ServerConfig config;
    private final Member member;
    private final Crank crank;
    private final Metrics metrics;
    private final Roster roster;
    private final LeaderRequired leaderRequired;
    private final KnownUsers users = new KnownUsers();
    private final Logins logins;
    private List<Server> servers = List.of();

    ClientPort(ServerConfig config, Member member, Crank crank, Metrics metrics, Roster roster) {
        this.config = config;
        this.member = member;
        this.crank = crank;
        this.metrics = metrics;
        this.roster = roster;
        leaderRequired = new LeaderRequired(3_000_000L * config.timing().electionMillis());
        AuthOptions auth = config.auth();
        logins =
                new Logins(
                        new BCryptPasswords(auth.bcryptCost()),
                        new JwtTokens(
                                auth.keys(users), auth.tokenLifetime(), InstantSource.system()));
    }

    void open(EventLoopGroup group) {
        List<EtcdUrl> urls = config.urls().listenClient();
        ServerPages pages = new ServerPages(crank, metrics);
        ProtocolDetector detector = new ProtocolDetector(() -> new HttpPages(pages));
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(
                        urls.getFirst().socket(), InternalNettyServerCredentials.create(detector));
        urls.stream().skip(1).forEach(url -> builder.addListenAddress(url.socket()));
        Callers callers = new Callers(users, logins.tokens());
        long shortestLease = (3L * config.timing().electionMillis() / 2 + 999) / 1_000;
        builder.directExecutor()
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelType(NioServerSocketChannel.class)
                .maxInboundMessageSize(MESSAGE_BYTES_MOST)
                .permitKeepAliveTime(KEEP_ALIVE_SECONDS_LEAST, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(callers)
                .intercept(leaderRequired)
                .intercept(new CallCounter(metrics))
                .addService(new KvService(member))
                .addService(new WatchService(member, leaderRequired, callers))
                .addService(new LeaseService(member, shortestLease))
                .addService(new ClusterService(member, roster))
                .addService(new MaintenanceService(member))
                .addService(new AuthService(member, logins, users));
        try {
            servers = List.of(builder.build().start());
        } catch (IOException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new ServerRefused("can't listen for clients on " + urls + ": " + cause);
        }
    }

    /** Called by the state-machine thread after its turns. */
    void observe(NodeView view) {
        leaderRequired.observe(!view.raft().leader().isNone(), System.nanoTime());
        users.observe(view.store());
    }

    void close() {
        logins.close();
        servers.forEach(Server::shutdownNow);
        for (Server server : servers) {
            try {
                server.awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
