package dev.whitewater.store;

import dev.whitewater.store.lease.Leases;

/**
 * All of the replicated state but the versions.
 *
 * <pre>
 * head  = format(1 byte: 1) number(applied index) number(revision) number(compact revision + 1)
 *         number(n) n*alarm  number(n) n*lease
 * lease = number(id) number(ttl) number(remaining)
 * </pre>
 */
final class SnapshotHead {
    private static final int FORMAT = 1;

    private SnapshotHead() {}

    static void write(RequestWriter out, Store store) {
        out.octet(FORMAT);
        out.number(store.appliedIndex());
        out.number(store.revision());
        out.number(store.compactRevision() + 1);
        out.number(store.alarms().size());
        store.alarms().forEach(alarm -> CommandCodec.alarm(out, alarm));
        leases(out, store.leases());
    }

    /** Fills a new store. */
    static void read(RequestReader in, Store store) {
        int format = in.octet("format");
        if (format != FORMAT) {
            throw in.malformed("format", Integer.toString(FORMAT), Integer.toString(format));
        }
        store.restoreIndex(in.number("applied index"));
        long revision = in.number("revision");
        store.mvcc().beginRestore(revision, in.number("compact revision") - 1);
        int alarms = in.count("alarms");
        for (int i = 0; i < alarms; i++) {
            store.alarmSet().raise(CommandCodec.alarm(in));
        }
        leases(in, store.leases());
    }

    private static void leases(RequestWriter out, Leases leases) {
        out.number(leases.size());
        for (long id : leases.ids()) {
            out.number(id);
            out.number(leases.ttlSeconds(id));
            out.number(leases.remainingSeconds(id));
        }
    }

    private static void leases(RequestReader in, Leases leases) {
        int count = in.count("leases");
        for (int i = 0; i < count; i++) {
            long id = in.number("lease id");
            if (id == 0 || leases.contains(id)) {
                throw in.malformed("lease id", "a new one", Long.toHexString(id));
            }
            long ttl = in.number("ttl");
            leases.grant(id, ttl, in.number("remaining"));
        }
    }
}
