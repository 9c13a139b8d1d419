package dev.whitewater.server;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.server.api.Member;
import dev.whitewater.server.crank.Crank;
import dev.whitewater.server.http.HttpPages;
import dev.whitewater.server.metrics.Metrics;
import dev.whitewater.server.metrics.MetricsPage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages {@code /health}, {@code /version} and {@code /metrics}, as etcd's. */
final class ServerPages implements HttpPages.Pages {

    private static final String VERSION =
            "{\"etcdserver\":\"" + Member.ETCD_VERSION + "\",\"etcdcluster\":\"3.5.0\"}";

    private final Crank crank;
    private final Metrics metrics;

    ServerPages(Crank crank, Metrics metrics) {
        this.crank = crank;
        this.metrics = metrics;
    }

    @Override
    public HttpPages.Page version() {
        return HttpPages.Page.json(200, VERSION);
    }

    /** Healthy is who serves reads: its own, or such as need the cluster. */
    @Override
    public void health(boolean serializable, HttpPages.Receiver receiver) {
        if (serializable) {
            crank.look(view -> receiver.take(health(view.recovering(), "RECOVERING")));
            return;
        }
        crank.request(
                new ClientRequest.CatchUp(),
                (reply, view) -> {
                    boolean unhealthy =
                            !(reply instanceof Reply.CaughtUp) || !view.store().alarms().isEmpty();
                    boolean leaderless = view.recovering() || view.raft().leader().isNone();
                    receiver.take(health(unhealthy, leaderless ? "RAFT NO LEADER" : "QGET FAILED"));
                });
    }

    private HttpPages.Page health(boolean unhealthy, String reason) {
        if (unhealthy) {
            metrics.healthFailures.increment();
            return HttpPages.Page.json(503, "{\"health\":\"false\",\"reason\":\"" + reason + "\"}");
        }
        metrics.healthSuccesses.increment();
        return HttpPages.Page.json(200, "{\"health\":\"true\",\"reason\":\"\"}");
    }

    @Override
    public void metrics(HttpPages.Receiver receiver) {
        crank.look(view -> receiver.take(HttpPages.Page.text(page(view))));
    }

    private String page(NodeView view) {
        MetricsPage page = new MetricsPage();
        if (!view.recovering()) {
            member(page, view);
            store(page, view);
        }
        metrics.write(page);
        process(page);
        page.head("etcd_server_version", "Which version is running.", "gauge")
                .sample("etcd_server_version{server_version=\"" + Member.ETCD_VERSION + "\"}", 1)
                .head("etcd_cluster_version", "Which version is running.", "gauge")
                .sample("etcd_cluster_version{cluster_version=\"3.5\"}", 1);
        return page.text();
    }

    private static void member(MetricsPage page, NodeView view) {
        boolean leads = view.raft().role() == RoleKind.LEADER;
        page.gauge(
                        "etcd_server_has_leader",
                        "Whether or not a leader exists. 1 is existence, 0 is not.",
                        view.raft().leader().isNone() ? 0 : 1)
                .gauge(
                        "etcd_server_is_leader",
                        "Whether or not this member is a leader. 1 if is, 0 otherwise.",
                        leads ? 1 : 0)
                .gauge("etcd_server_is_learner", "Whether this member is a learner.", 0)
                .gauge(
                        "etcd_server_proposals_committed_total",
                        "The total number of consensus proposals committed.",
                        view.raft().commit())
                .gauge(
                        "etcd_server_proposals_applied_total",
                        "The total number of consensus proposals applied.",
                        view.raft().applied())
                .gauge(
                        "etcd_server_proposals_pending",
                        "The current number of pending proposals to commit.",
                        view.pendingWrites())
                .head("etcd_server_id", "Server or member ID in hexadecimal format.", "gauge")
                .sample(
                        "etcd_server_id{server_id=\""
                                + Long.toHexString(view.raft().self().value())
                                + "\"}",
                        1);
    }

    private static void store(MetricsPage page, NodeView view) {
        page.gauge(
                        "etcd_mvcc_db_total_size_in_bytes",
                        "Total size of the underlying database in bytes.",
                        view.store().bytes())
                .gauge(
                        "etcd_mvcc_db_total_size_in_use_in_bytes",
                        "Total size of the underlying database logically in use in bytes.",
                        view.store().bytes())
                .gauge(
                        "etcd_debugging_mvcc_current_revision",
                        "The current revision of store.",
                        view.store().revision())
                .gauge(
                        "etcd_debugging_mvcc_compact_revision",
                        "The revision of the last compaction in store.",
                        view.store().compactRevision());
    }

    private static void process(MetricsPage page) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            page.counter(
                            "process_cpu_seconds_total",
                            "Total user and system CPU time spent in seconds.",
                            os.getProcessCpuTime() / 1e9)
                    .gauge(
                            "process_open_fds",
                            "Number of open file descriptors.",
                            os.getOpenFileDescriptorCount())
                    .gauge(
                            "process_max_fds",
                            "Maximum number of open file descriptors.",
                            os.getMaxFileDescriptorCount());
        }
        page.gauge(
                        "process_resident_memory_bytes",
                        "Resident memory size in bytes.",
                        residentBytes())
                .gauge(
                        "process_start_time_seconds",
                        "Start time of the process since unix epoch in seconds.",
                        ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    }

    /** From Linux' account of this process; elsewhere what the heap takes. */
    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return Runtime.getRuntime().totalMemory();
        }
        return Runtime.getRuntime().totalMemory();
    }
}
