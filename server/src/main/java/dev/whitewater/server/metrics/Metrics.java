package dev.whitewater.server.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a member counts about itself, under etcd's names; every thread may add. */
public final class Metrics {

    public final Histogram walFsync = new Histogram();
    public final Histogram backendCommit = new Histogram();
    public final LongAdder walBytes = new LongAdder();
    public final LongAdder peerSentBytes = new LongAdder();
    public final LongAdder peerReceivedBytes = new LongAdder();
    public final LongAdder peerSendFailures = new LongAdder();
    public final LongAdder clientSentBytes = new LongAdder();
    public final LongAdder clientReceivedBytes = new LongAdder();
    public final LongAdder leaderChanges = new LongAdder();
    public final LongAdder proposalsFailed = new LongAdder();
    public final LongAdder puts = new LongAdder();
    public final LongAdder ranges = new LongAdder();
    public final LongAdder deletes = new LongAdder();
    public final LongAdder txns = new LongAdder();
    public final LongAdder leasesGranted = new LongAdder();
    public final LongAdder leasesRevoked = new LongAdder();
    public final LongAdder leasesRenewed = new LongAdder();
    public final LongAdder healthSuccesses = new LongAdder();
    public final LongAdder healthFailures = new LongAdder();
    private final Map<String, LongAdder> started = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> handled = new ConcurrentSkipListMap<>();

    /** A call came in; {@code labels} as in {@code grpc_server_started_total}. */
    public void callStarted(String labels) {
        started.computeIfAbsent(labels, _ -> new LongAdder()).increment();
    }

    public void callHandled(String labels) {
        handled.computeIfAbsent(labels, _ -> new LongAdder()).increment();
    }

    public void write(MetricsPage page) {
        page.histogram(
                        "etcd_disk_wal_fsync_duration_seconds",
                        "The latency distributions of fsync called by WAL.",
                        walFsync)
                .histogram(
                        "etcd_disk_backend_commit_duration_seconds",
                        "The latency distributions of commit called by backend.",
                        backendCommit)
                .gauge(
                        "etcd_disk_wal_write_bytes_total",
                        "Total number of bytes written in WAL.",
                        walBytes.sum());
        counter(page, "etcd_network_peer_sent_bytes_total", peerSentBytes);
        counter(page, "etcd_network_peer_received_bytes_total", peerReceivedBytes);
        counter(page, "etcd_network_peer_sent_failures_total", peerSendFailures);
        counter(page, "etcd_network_client_grpc_sent_bytes_total", clientSentBytes);
        counter(page, "etcd_network_client_grpc_received_bytes_total", clientReceivedBytes);
        counter(page, "etcd_server_leader_changes_seen_total", leaderChanges);
        counter(page, "etcd_server_proposals_failed_total", proposalsFailed);
        counter(page, "etcd_mvcc_put_total", puts);
        counter(page, "etcd_mvcc_range_total", ranges);
        counter(page, "etcd_mvcc_delete_total", deletes);
        counter(page, "etcd_mvcc_txn_total", txns);
        counter(page, "etcd_debugging_lease_granted_total", leasesGranted);
        counter(page, "etcd_debugging_lease_revoked_total", leasesRevoked);
        counter(page, "etcd_debugging_lease_renewed_total", leasesRenewed);
        counter(page, "etcd_server_health_success", healthSuccesses);
        counter(page, "etcd_server_health_failures", healthFailures);
        labelled(page, "grpc_server_started_total", started);
        labelled(page, "grpc_server_handled_total", handled);
    }

    private static void counter(MetricsPage page, String name, LongAdder value) {
        page.counter(name, "As etcd's metric of this name.", value.sum());
    }

    private static void labelled(MetricsPage page, String name, Map<String, LongAdder> calls) {
        page.head(name, "As etcd's metric of this name.", "counter");
        calls.forEach((labels, count) -> page.sample(name + "{" + labels + "}", count.sum()));
    }
}
