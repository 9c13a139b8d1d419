package dev.whitewater.store;

import dev.whitewater.store.backend.Version;
import dev.whitewater.store.kv.Mvcc;
import dev.whitewater.store.lease.Leases;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole replicated state as bytes; numbers and bytes as in {@link RequestCodec}.
 *
 * <pre>
 * snapshot = format(1 byte: 1) number(applied index) number(revision) number(compact revision + 1)
 *            number(n) n*alarm  number(n) n*lease  number(n) n*version  number(hash)
 * lease    = number(id) number(ttl) number(remaining)
 * version  = number(mod) number(sub) number(version, 0: tombstone) bytes(key)
 *            [number(create) number(lease) bytes(value)]
 * </pre>
 *
 * Versions that wait for their removal may be among them. What can be derived isn't stored but
 * built again, the attachments of keys to leases for one; the hash at the end, which covers the
 * derived too, says whether the state that came out is the one that went in.
 */
final class SnapshotCodec {
    private static final int FORMAT = 1;

    private SnapshotCodec() {}

    static byte[] encode(Store store) {
        RequestWriter out = new RequestWriter();
        out.octet(FORMAT);
        out.number(store.appliedIndex());
        out.number(store.revision());
        out.number(store.compactRevision() + 1);
        out.number(store.alarms().size());
        store.alarms().forEach(alarm -> CommandCodec.alarm(out, alarm));
        leases(out, store.leases());
        versions(out, store.mvcc());
        out.number(store.hash());
        return out.toByteArray();
    }

    static void decode(byte[] bytes, Store store) {
        RequestReader in = new RequestReader(bytes, MalformedSnapshot::new);
        int format = in.octet("format");
        if (format != FORMAT) {
            throw in.malformed("format", Integer.toString(FORMAT), Integer.toString(format));
        }
        store.restoreIndex(in.number("applied index"));
        long revision = in.number("revision");
        long compactRevision = in.number("compact revision") - 1;
        int alarms = in.count("alarms");
        for (int i = 0; i < alarms; i++) {
            store.alarmSet().raise(CommandCodec.alarm(in));
        }
        leases(in, store.leases());
        store.mvcc().restore(revision, compactRevision, versions(in, revision));
        attach(in, store);
        long hash = in.number("hash");
        in.end();
        if (hash != store.hash()) {
            throw in.malformed("hash", Long.toHexString(hash), Long.toHexString(store.hash()));
        }
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

    private static void versions(RequestWriter out, Mvcc mvcc) {
        out.number(mvcc.backend().count());
        mvcc.backend()
                .scan(
                        0,
                        0,
                        Long.MAX_VALUE,
                        version -> {
                            version(out, version);
                            return true;
                        });
    }

    private static void version(RequestWriter out, Version version) {
        KeyValue kv = version.kv();
        out.number(kv.modRevision());
        out.number(version.sub());
        out.number(kv.version());
        out.bytes(kv.key());
        if (!kv.isTombstone()) {
            out.number(kv.createRevision());
            out.number(kv.lease());
            out.bytes(kv.value());
        }
    }

    private static List<Version> versions(RequestReader in, long revision) {
        int count = in.count("versions");
        List<Version> versions = new ArrayList<>(count);
        long main = 0;
        long sub = -1;
        for (int i = 0; i < count; i++) {
            long nextMain = in.number("mod revision");
            long nextSub = in.number("sub-revision");
            boolean rises = nextMain == main ? nextSub > sub : nextMain > main && nextSub >= 0;
            if (!rises || nextMain > revision || nextSub > Integer.MAX_VALUE) {
                throw in.malformed(
                        "mod revision",
                        "after " + main + "/" + sub + " up to " + revision,
                        nextMain + "/" + nextSub);
            }
            main = nextMain;
            sub = nextSub;
            versions.add(new Version(keyValue(in, main), (int) sub));
        }
        return versions;
    }

    private static KeyValue keyValue(RequestReader in, long main) {
        long version = in.number("version");
        Bytes key = in.bytes("key");
        if (version == 0) {
            return KeyValue.tombstone(key, main);
        }
        long create = in.number("create revision");
        long lease = in.number("lease");
        return new KeyValue(key, in.bytes("value"), create, main, version, lease);
    }

    private static void attach(RequestReader in, Store store) {
        store.mvcc()
                .range(
                        KeyRange.ALL,
                        store.revision(),
                        kv -> {
                            if (kv.lease() != 0) {
                                if (!store.leases().contains(kv.lease())) {
                                    throw in.malformed(
                                            "lease of " + kv.key(),
                                            "one that exists",
                                            Long.toHexString(kv.lease()));
                                }
                                store.leases().attach(kv.key(), kv.lease());
                            }
                            return true;
                        });
    }
}
