package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** jetcd, a client that none of us wrote, against one member and against three. */
class JetcdTest {

    @TempDir Path folder;

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** What each test does with a client of its own. */
    private interface Session {
        void with(Client client) throws Exception;
    }

    private static ClientBuilder client(TestMembers cluster) {
        return Client.builder().endpoints(cluster.endpoints().toArray(String[]::new));
    }

    private void on(int members, Session session) throws Exception {
        try (TestMembers cluster = TestMembers.start(members, folder);
                Client client = client(cluster).build()) {
            session.with(client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void keysAreWrittenReadAndDeleted(int members) throws Exception {
        on(
                members,
                client -> {
                    var kv = client.getKVClient();
                    for (int i = 0; i < 30; i++) {
                        get(kv.put(bytes("k" + i % 10), bytes("v" + i)));
                    }
                    assertEquals(31, get(kv.get(bytes("k0"))).getHeader().getRevision());
                    var prefix = GetOption.builder().isPrefix(true).withLimit(3).build();
                    var page = get(kv.get(bytes("k"), prefix));
                    assertEquals(10, page.getCount());
                    assertEquals(3, page.getKvs().size());
                    assertTrue(page.isMore());
                    KeyValue first = page.getKvs().getFirst();
                    assertEquals(bytes("v20"), first.getValue());
                    assertEquals(3, first.getVersion());
                    var old = GetOption.builder().withRevision(2).build();
                    assertEquals(
                            bytes("v0"),
                            get(kv.get(bytes("k0"), old)).getKvs().getFirst().getValue());
                    var all = DeleteOption.builder().isPrefix(true).withPrevKV(true).build();
                    assertEquals(10, get(kv.delete(bytes("k"), all)).getPrevKvs().size());
                    get(kv.compact(32));
                    var compacted = GetOption.builder().withRevision(2).build();
                    ExecutionException refused =
                            assertThrows(
                                    ExecutionException.class,
                                    () -> get(kv.get(bytes("k0"), compacted)));
                    assertTrue(
                            refused.getMessage().contains("required revision has been compacted"),
                            refused.getMessage());
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void transactionsCompareAndTakeOneSide(int members) throws Exception {
        on(
                members,
                client -> {
                    var kv = client.getKVClient();
                    get(kv.put(bytes("a"), bytes("1")));
                    TxnResponse first = get(swap(client, "1", "2"));
                    assertTrue(first.isSucceeded());
                    TxnResponse second = get(swap(client, "1", "3"));
                    assertTrue(!second.isSucceeded());
                    assertEquals(
                            bytes("2"),
                            second.getGetResponses().getFirst().getKvs().getFirst().getValue());
                });
    }

    private static CompletableFuture<TxnResponse> swap(Client client, String from, String to) {
        return client.getKVClient()
                .txn()
                .If(new Cmp(bytes("a"), Cmp.Op.EQUAL, CmpTarget.value(bytes(from))))
                .Then(Op.put(bytes("a"), bytes(to), PutOption.DEFAULT))
                .Else(Op.get(bytes("a"), GetOption.DEFAULT))
                .commit();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void watchTellsThePastAndThePresentInOrder(int members) throws Exception {
        on(
                members,
                client -> {
                    var kv = client.getKVClient();
                    for (int i = 0; i < 5; i++) {
                        get(kv.put(bytes("w/" + i), bytes("past")));
                    }
                    LinkedBlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
                    var option = WatchOption.builder().isPrefix(true).withRevision(4).build();
                    try (Watch.Watcher watcher =
                            client.getWatchClient()
                                    .watch(
                                            bytes("w/"),
                                            option,
                                            response -> events.addAll(response.getEvents()))) {
                        assertNotNull(watcher);
                        for (int i = 0; i < 5; i++) {
                            get(kv.put(bytes("w/" + i), bytes("present")));
                        }
                        get(kv.delete(bytes("w/0")));
                        for (long revision = 4; revision <= 12; revision++) {
                            WatchEvent event = events.poll(20, TimeUnit.SECONDS);
                            assertNotNull(event, "no event of revision " + revision);
                            assertEquals(revision, event.getKeyValue().getModRevision());
                        }
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void leasesAreKeptAliveAndRevoked(int members) throws Exception {
        on(
                members,
                client -> {
                    var leases = client.getLeaseClient();
                    long lease = get(leases.grant(30)).getID();
                    var leased = PutOption.builder().withLeaseId(lease).build();
                    get(client.getKVClient().put(bytes("l"), bytes("v"), leased));
                    LinkedBlockingQueue<LeaseKeepAliveResponse> answers =
                            new LinkedBlockingQueue<>();
                    try (var keepAlive = leases.keepAlive(lease, into(answers))) {
                        assertNotNull(keepAlive);
                        LeaseKeepAliveResponse answer = answers.poll(20, TimeUnit.SECONDS);
                        assertNotNull(answer, "no answer to a keep-alive");
                        assertEquals(30, answer.getTTL());
                    }
                    var keys = LeaseOption.builder().withAttachedKeys().build();
                    var left = get(leases.timeToLive(lease, keys));
                    assertEquals(List.of(bytes("l")), left.getKeys());
                    assertEquals(30, left.getGrantedTTL());
                    get(leases.revoke(lease));
                    assertEquals(0, get(client.getKVClient().get(bytes("l"))).getCount());
                    assertEquals(-1, get(leases.timeToLive(lease, keys)).getTTL());
                });
    }

    private static <T> StreamObserver<T> into(LinkedBlockingQueue<T> queue) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                queue.add(value);
            }

            @Override
            public void onError(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void onCompleted() {
                // Nothing follows.
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void statusNamesOneLeaderThatIsAMember(int members) throws Exception {
        on(
                members,
                client -> {
                    get(client.getKVClient().put(bytes("a"), bytes("1")));
                    var list = get(client.getClusterClient().listMember()).getMembers();
                    assertEquals(members, list.size());
                    var endpoint = list.getFirst().getClientURIs().getFirst().toString();
                    var status = get(client.getMaintenanceClient().statusMember(endpoint));
                    assertTrue(
                            list.stream().anyMatch(member -> member.getId() == status.getLeader()));
                });
    }

    @Test
    void usersLogInByThemselvesAndMayWhatTheyMay() throws Exception {
        try (TestMembers cluster = TestMembers.withQuickPasswords(3, folder);
                Client nobody = client(cluster).build()) {
            var auth = nobody.getAuthClient();
            get(auth.userAdd(bytes("root"), bytes("pw")));
            get(auth.roleAdd(bytes("root")));
            get(auth.userGrantRole(bytes("root"), bytes("root")));
            get(auth.authEnable());
            try (Client root = client(cluster).user(bytes("root")).password(bytes("pw")).build()) {
                for (int i = 0; i < 9; i++) {
                    get(root.getKVClient().put(bytes("k"), bytes("v" + i)));
                }
                // A change of users makes the client's token old.
                get(root.getAuthClient().userAdd(bytes("carol"), bytes("pw")));
                assertEquals(
                        9,
                        get(root.getKVClient().get(bytes("k"))).getKvs().getFirst().getVersion());
            }
            ExecutionException refused =
                    assertThrows(
                            ExecutionException.class,
                            () -> get(nobody.getKVClient().get(bytes("k"))));
            assertTrue(refused.toString().contains("user name is empty"), refused.toString());
        }
    }
}
