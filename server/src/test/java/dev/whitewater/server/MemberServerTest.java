package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;

import dev.whitewater.node.ServiceLimits;
import dev.whitewater.server.pb.ClusterGrpc;
import dev.whitewater.server.pb.CompactionRequest;
import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.Member;
import dev.whitewater.server.pb.MemberListRequest;
import dev.whitewater.server.pb.PutRequest;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.RangeResponse;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A member's life on real sockets and files. */
class MemberServerTest {

    private static final ByteString KEY = ByteString.copyFromUtf8("k");

    @TempDir Path folder;

    /** What is done with one connection. */
    private interface Use {
        void with(KVGrpc.KVBlockingStub kv);
    }

    private static ManagedChannel channel(String endpoint) {
        return NettyChannelBuilder.forTarget("dns:///" + endpoint.substring("http://".length()))
                .usePlaintext()
                .build();
    }

    private static void on(String endpoint, Use use) {
        ManagedChannel channel = channel(endpoint);
        try {
            use.with(KVGrpc.newBlockingStub(channel));
        } finally {
            channel.shutdownNow();
        }
    }

    private static void put(KVGrpc.KVBlockingStub kv, String value) {
        long revision =
                kv.put(
                                PutRequest.newBuilder()
                                        .setKey(KEY)
                                        .setValue(ByteString.copyFromUtf8(value))
                                        .build())
                        .getHeader()
                        .getRevision();
        assertTrue(revision > 1, "revision " + revision);
    }

    private static RangeResponse get(KVGrpc.KVBlockingStub kv) {
        return kv.range(RangeRequest.newBuilder().setKey(KEY).build());
    }

    /** Asks the first member of {@code cluster} until it knows the names of {@code count}. */
    private static List<String> names(TestMembers cluster, int count) {
        ManagedChannel channel = channel(cluster.endpoints().getFirst());
        try {
            ClusterGrpc.ClusterBlockingStub stub = ClusterGrpc.newBlockingStub(channel);
            List<String> names = List.of();
            for (int i = 0; i < 10_000 && names.size() < count; i++) {
                names =
                        stub
                                .withDeadlineAfter(20, TimeUnit.SECONDS)
                                .memberList(
                                        MemberListRequest.newBuilder()
                                                .setLinearizable(true)
                                                .build())
                                .getMembersList()
                                .stream()
                                .map(Member::getName)
                                .filter(name -> !name.isEmpty())
                                .sorted()
                                .toList();
            }
            return names;
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void memberThatIsAwayIsStillKnownByItsName() {
        List<ServerConfig> configs = TestMembers.configs(3, folder);
        List<String> all = List.of("m0", "m1", "m2");
        try (TestMembers cluster = TestMembers.start(configs)) {
            assertEquals(all, names(cluster, 3));
        }
        try (TestMembers two = TestMembers.start(configs.subList(0, 2))) {
            assertEquals(all, names(two, 3));
        }
    }

    @Test
    void physicalCompactionIsAnsweredWhenTheVersionsAreGone() {
        try (TestMembers cluster = TestMembers.start(1, folder)) {
            on(
                    cluster.endpoints().getFirst(),
                    kv -> {
                        for (int i = 0; i < 300; i++) {
                            put(kv, "v" + i);
                        }
                        long revision = get(kv).getHeader().getRevision();
                        assertEquals(
                                revision,
                                kv.withDeadlineAfter(20, TimeUnit.SECONDS)
                                        .compact(
                                                CompactionRequest.newBuilder()
                                                        .setRevision(revision)
                                                        .setPhysical(true)
                                                        .build())
                                        .getHeader()
                                        .getRevision());
                    });
        }
    }

    @Test
    void acknowledgedWritesAreThereAfterARestart() {
        List<ServerConfig> configs = TestMembers.configs(1, folder);
        try (TestMembers first = TestMembers.start(configs)) {
            on(
                    first.endpoints().getFirst(),
                    kv -> {
                        for (int i = 0; i < 50; i++) {
                            put(kv, "v" + i);
                        }
                    });
        }
        try (TestMembers second = TestMembers.start(configs)) {
            on(
                    second.endpoints().getFirst(),
                    kv -> {
                        RangeResponse response = get(kv);
                        assertEquals("v49", response.getKvs(0).getValue().toStringUtf8());
                        assertEquals(50, response.getKvs(0).getVersion());
                        assertEquals(51, response.getHeader().getRevision());
                    });
        }
    }

    private static ServerConfig with(ServerConfig config, ServerConfig.CheckpointFormat format) {
        return new ServerConfig(
                config.name(),
                config.dataDir(),
                config.urls(),
                config.cluster(),
                config.timing(),
                10,
                format,
                config.services(),
                config.auth());
    }

    /** The magic numbers of the checkpoints in the member's snapshots. */
    private List<String> layouts() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("m0").resolve("member"))) {
            List<String> layouts = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().contains("snap-")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                layouts.add(new String(bytes, bytes.length - 32, 4, StandardCharsets.ISO_8859_1));
            }
            return layouts;
        }
    }

    @Test
    void snapshotsOfEitherFormatAreReadAndTheOneAskedForIsWritten() throws IOException {
        ServerConfig config = TestMembers.configs(1, folder).getFirst();
        for (ServerConfig.CheckpointFormat format : ServerConfig.CheckpointFormat.values()) {
            ServerConfig now = with(config, format);
            try (TestMembers members = TestMembers.start(List.of(now))) {
                on(
                        members.endpoints().getFirst(),
                        kv -> {
                            for (int i = 0; i < 60; i++) {
                                put(kv, format + " " + i);
                            }
                        });
            }
            String magic = format == ServerConfig.CheckpointFormat.STREAM ? "WWS1" : "WWM1";
            assertTrue(layouts().contains(magic), magic + " in " + layouts());
        }
        try (TestMembers members =
                TestMembers.start(List.of(with(config, ServerConfig.CheckpointFormat.STREAM)))) {
            on(
                    members.endpoints().getFirst(),
                    kv -> assertEquals("MAPDB 59", get(kv).getKvs(0).getValue().toStringUtf8()));
        }
    }

    @Test
    void memberWithoutRoomRaisesAnAlarmThatOnlyAnOperatorClears() {
        ServerConfig config = TestMembers.configs(1, folder).getFirst();
        ServerConfig small =
                new ServerConfig(
                        config.name(),
                        config.dataDir(),
                        config.urls(),
                        config.cluster(),
                        config.timing(),
                        config.snapshotCount(),
                        config.checkpoints(),
                        new ServiceLimits(1 << 20, 1_000_000_000L, 0, 2_000, 64),
                        config.auth());
        try (TestMembers members = TestMembers.start(List.of(small))) {
            on(
                    members.endpoints().getFirst(),
                    kv -> {
                        for (int i = 0; i < 6; i++) {
                            put(kv, "v" + i);
                        }
                        StatusRuntimeException full =
                                assertThrows(
                                        StatusRuntimeException.class,
                                        () -> put(kv, "x".repeat(1_700)));
                        assertEquals(Status.Code.RESOURCE_EXHAUSTED, full.getStatus().getCode());
                        assertEquals(
                                "etcdserver: mvcc: database space exceeded",
                                full.getStatus().getDescription());
                        // A read behind the alarm in the log, by which a small write is refused
                        // too.
                        get(kv);
                        assertThrows(StatusRuntimeException.class, () -> put(kv, "y"));
                        assertEquals("v5", get(kv).getKvs(0).getValue().toStringUtf8());
                    });
        }
    }

    @Test
    void folderOfAnotherClusterIsRefusedAndLeftAsItIs() {
        ServerConfig config = TestMembers.configs(1, folder).getFirst();
        TestMembers.start(List.of(config)).close();
        ServerConfig other =
                new ServerConfig(
                        config.name(),
                        config.dataDir(),
                        config.urls(),
                        new InitialCluster(config.cluster().members(), "another"),
                        config.timing(),
                        config.snapshotCount());
        ServerRefused refused =
                assertThrows(ServerRefused.class, () -> TestMembers.start(List.of(other)));
        assertTrue(refused.getMessage().contains("FOREIGN"), refused.getMessage());
        TestMembers.start(List.of(config)).close();
    }

    @Test
    void folderInUseIsRefused() {
        List<ServerConfig> configs = TestMembers.configs(1, folder);
        try (TestMembers first = TestMembers.start(configs)) {
            assertEquals(1, first.endpoints().size());
            ServerRefused refused =
                    assertThrows(ServerRefused.class, () -> TestMembers.start(configs));
            assertTrue(refused.getMessage().contains("is in use"), refused.getMessage());
        }
    }

    private static HttpResponse<String> page(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void clientPortShowsPagesBesideGrpc() throws Exception {
        try (TestMembers members = TestMembers.start(1, folder)) {
            String endpoint = members.endpoints().getFirst();
            on(endpoint, kv -> put(kv, "v"));
            assertEquals(
                    "{\"health\":\"true\",\"reason\":\"\"}", page(endpoint + "/health").body());
            assertEquals("ok\n", page(endpoint + "/readyz").body());
            assertTrue(page(endpoint + "/version").body().contains("\"etcdcluster\":\"3.5.0\""));
            String metrics = page(endpoint + "/metrics").body();
            for (String sample :
                    List.of(
                            "etcd_server_has_leader 1",
                            "etcd_server_is_leader 1",
                            "etcd_server_leader_changes_seen_total 1",
                            "etcd_mvcc_put_total 1",
                            "grpc_server_handled_total{grpc_code=\"OK\",grpc_method=\"Put\"")) {
                assertTrue(metrics.contains("\n" + sample), sample + " in\n" + metrics);
            }
            assertTrue(metrics.contains("etcd_disk_wal_fsync_duration_seconds_count"), metrics);
            assertEquals(404, page(endpoint + "/nothing").statusCode());
        }
    }

    @Test
    void memberWithoutAClusterServesSerializableReadsAndNamesTheReason() throws Exception {
        List<ServerConfig> three = TestMembers.configs(3, folder);
        try (TestMembers alone = TestMembers.start(List.of(three.getFirst()))) {
            String endpoint = alone.endpoints().getFirst();
            on(
                    endpoint,
                    kv -> {
                        RangeRequest serializable =
                                RangeRequest.newBuilder().setKey(KEY).setSerializable(true).build();
                        assertEquals(0, kv.range(serializable).getCount());
                        StatusRuntimeException refused =
                                assertThrows(
                                        StatusRuntimeException.class,
                                        () -> get(requiringALeader(kv)));
                        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
                        assertEquals("etcdserver: no leader", refused.getStatus().getDescription());
                    });
            assertEquals(
                    "{\"health\":\"true\",\"reason\":\"\"}",
                    page(endpoint + "/health?serializable=true").body());
        }
    }

    private static KVGrpc.KVBlockingStub requiringALeader(KVGrpc.KVBlockingStub kv) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        return kv.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    @Test
    void strangersOnThePeerPortAreHungUpOn() throws IOException {
        List<ServerConfig> configs = TestMembers.configs(1, folder);
        try (TestMembers members = TestMembers.start(configs);
                Socket socket = new Socket()) {
            EtcdUrl peer = configs.getFirst().urls().listenPeer().getFirst();
            socket.connect(peer.socket());
            socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 1, 2, 3, 4});
            assertEquals(-1, socket.getInputStream().read());
            on(members.endpoints().getFirst(), kv -> put(kv, "v"));
        }
    }
}
