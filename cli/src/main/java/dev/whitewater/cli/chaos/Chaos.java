package dev.whitewater.cli.chaos;

import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.MaintenanceGrpc;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.StatusRequest;
import dev.whitewater.server.pb.StatusResponse;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Real members under load, killed one after the other, each when all are healthy again. The history
 * is for a checker to judge; here is only seen to it that it is a hard one.
 */
public final class Chaos {

    private static final long LOOK_NANOS = 50_000_000;
    private static final int HEALTH_SECONDS = 2;

    /** Longer than any restart and election on a slow machine. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final int KEYS = 20;

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<MemberProcess> processes = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final SplittableRandom random;
    private int leaderKills;

    /**
     * What to do.
     *
     * @param endpoints a cluster that runs already ({@code host:port}), which is not killed; or
     *     none
     * @param seconds how long, if there is nobody to kill
     */
    public record Plan(
            int members,
            int kills,
            int seconds,
            List<String> endpoints,
            Load load,
            Path folder,
            String mainClass) {

        /** How hard: writes to be acknowledged between two kills, by so many clients. */
        public record Load(int clients, int writesBetween, int basePort, long seed) {}
    }

    /** How it went. */
    public record Outcome(long operations, long acknowledgedWrites, int kills, int leaderKills) {}

    /** A member ended though nobody killed it, or none became healthy again. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean crashed;

        Failed(boolean crashed, String sentence) {
            super(sentence);
            this.crashed = crashed;
        }

        public boolean crashed() {
            return crashed;
        }
    }

    public Chaos(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        random = new SplittableRandom(plan.load().seed());
    }

    /** Where the history is written. */
    public static Path history(Path folder) {
        return folder.resolve("history.jsonl");
    }

    public Outcome run() throws IOException, InterruptedException {
        try (Journal journal = new Journal(history(plan.folder()))) {
            startMembers();
            LoadClient.Shared shared =
                    new LoadClient.Shared(
                            KEYS, new AtomicLong(), new AtomicLong(), new AtomicBoolean());
            List<Thread> clients = new ArrayList<>();
            try {
                awaitHealth();
                for (int i = 0; i < plan.load().clients(); i++) {
                    LoadClient client =
                            new LoadClient(channels, journal, shared, random.nextLong());
                    clients.add(Thread.ofPlatform().name("client-" + i).start(client));
                }
                disturb(journal);
            } finally {
                shared.over().set(true);
                for (Thread client : clients) {
                    client.join();
                }
            }
            awaitHealth();
            for (ManagedChannel channel : channels) {
                new LoadClient(List.of(channel), journal, shared, random.nextLong()).readAll();
            }
            stopMembers();
            return new Outcome(
                    journal.operations(), journal.acknowledgedWrites(), plan.kills(), leaderKills);
        } finally {
            end();
        }
    }

    private void startMembers() throws IOException {
        if (!plan.endpoints().isEmpty()) {
            plan.endpoints().forEach(endpoint -> connect(endpoint));
            return;
        }
        Files.createDirectories(plan.folder());
        int base = plan.load().basePort();
        StringBuilder cluster = new StringBuilder();
        for (int i = 0; i < plan.members(); i++) {
            cluster.append(i == 0 ? "" : ",").append("m" + (i + 1) + "=" + url(base + 10 * i + 1));
        }
        for (int i = 0; i < plan.members(); i++) {
            int port = base + 10 * i;
            String name = "m" + (i + 1);
            List<String> arguments =
                    List.of(
                            "--name=" + name,
                            "--data-dir=" + plan.folder().resolve(name),
                            "--listen-client-urls=" + url(port),
                            "--advertise-client-urls=" + url(port),
                            "--listen-peer-urls=" + url(port + 1),
                            "--initial-advertise-peer-urls=" + url(port + 1),
                            "--initial-cluster=" + cluster,
                            "--initial-cluster-token=chaos",
                            "--snapshot-count=500");
            Path log = plan.folder().resolve(name + ".log");
            processes.add(new MemberProcess(plan.mainClass(), arguments, log, port));
            connect("127.0.0.1:" + port);
        }
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private void connect(String endpoint) {
        channels.add(NettyChannelBuilder.forTarget("dns:///" + endpoint).usePlaintext().build());
    }

    // ---- disturbance

    private void disturb(Journal journal) throws IOException, InterruptedException {
        if (!plan.endpoints().isEmpty()) {
            long end = System.nanoTime() + plan.seconds() * 1_000_000_000L;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return;
        }
        for (int kill = 1; kill <= plan.kills(); kill++) {
            awaitWrites(journal, journal.acknowledgedWrites() + plan.load().writesBetween());
            MemberProcess victim = processes.get(victim());
            victim.kill();
            progress.accept("kill " + kill + " of " + plan.kills());
            // Sometimes the others notice before it is back, sometimes not.
            LockSupport.parkNanos(random.nextLong(1_500_000_000L));
            victim.restart();
            awaitHealth();
        }
        awaitWrites(journal, journal.acknowledgedWrites() + plan.load().writesBetween());
    }

    /** Every second time the leader, if it can be found. */
    private int victim() {
        int leader = random.nextBoolean() ? leader() : -1;
        if (leader >= 0) {
            leaderKills++;
            return leader;
        }
        return random.nextInt(processes.size());
    }

    private int leader() {
        for (int i = 0; i < channels.size(); i++) {
            try {
                StatusResponse status =
                        MaintenanceGrpc.newBlockingStub(channels.get(i))
                                .withDeadlineAfter(HEALTH_SECONDS, TimeUnit.SECONDS)
                                .status(StatusRequest.getDefaultInstance());
                if (status.getLeader() == status.getHeader().getMemberId()) {
                    return i;
                }
            } catch (StatusRuntimeException e) {
                progress.accept("no status of member " + (i + 1) + ": " + e.getStatus().getCode());
            }
        }
        return -1;
    }

    private void awaitWrites(Journal journal, long writes) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (journal.acknowledgedWrites() < writes) {
            checkAlive();
            if (System.nanoTime() > end) {
                throw new Failed(
                        false, "no " + plan.load().writesBetween() + " writes in a minute");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Healthy is a member that serves a linearizable read. */
    private void awaitHealth() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (ManagedChannel channel : channels) {
            while (!isHealthy(channel)) {
                checkAlive();
                if (System.nanoTime() > end) {
                    throw new Failed(
                            false, channel.authority() + " did not become healthy in a minute");
                }
                channel.resetConnectBackoff();
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean isHealthy(ManagedChannel channel) {
        RangeRequest read =
                RangeRequest.newBuilder()
                        .setKey(com.google.protobuf.ByteString.copyFromUtf8("health"))
                        .build();
        try {
            return KVGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(HEALTH_SECONDS, TimeUnit.SECONDS)
                            .range(read)
                            .getHeader()
                            .getRaftTerm()
                    > 0;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private void checkAlive() {
        for (MemberProcess member : processes) {
            if (!member.isAlive()) {
                throw new Failed(
                        true,
                        "a member ended by itself with "
                                + member.exitCode()
                                + "; its log is "
                                + member.log());
            }
        }
    }

    // ---- the end

    /** A member that is asked to stop does so, and says that all is well. */
    private void stopMembers() throws InterruptedException {
        for (MemberProcess member : processes) {
            int exit = member.stop();
            if (exit != 0) {
                throw new Failed(true, "a member that was asked to stop ended with " + exit);
            }
        }
    }

    private void end() throws InterruptedException {
        for (ManagedChannel channel : channels) {
            channel.shutdownNow();
        }
        for (MemberProcess member : processes) {
            member.kill();
        }
    }
}
