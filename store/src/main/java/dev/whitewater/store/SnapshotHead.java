package dev.whitewater.store;

import dev.whitewater.store.auth.Auth;
import dev.whitewater.store.lease.Leases;

import java.util.ArrayList;
import java.util.List;

/**
 * All of the replicated state but the versions.
 *
 * <pre>
 * head  = format(1 byte: 1) number(applied index) number(revision) number(compact revision + 1)
 *         number(n) n*alarm  number(n) n*lease  auth  number(n) n*member  number(n) n*number(id of
 *         a member that was removed)
 * lease = number(id) number(ttl) number(remaining)
 * auth  = enabled(1 byte) number(auth revision) number(n) n*role  number(n) n*user
 * role  = bytes(name) number(n) n*permission
 * user  = bytes(name) bytes(hash) number(n) n*bytes(role)
 * </pre>
 */
final class SnapshotHead {
    private static final int FORMAT = 1;

    private SnapshotHead() {}

    static void write(RequestWriter out, Store store) {
        out.octet(FORMAT);
        out.number(store.appliedIndex());
        content(out, store);
    }

    /** All of it that doesn't depend on how many entries it took to get there. */
    static void content(RequestWriter out, Store store) {
        out.number(store.revision());
        out.number(store.compactRevision() + 1);
        out.number(store.alarms().size());
        store.alarms().forEach(alarm -> CommandCodec.alarm(out, alarm));
        leases(out, store.leases());
        auth(out, store.auth());
        out.number(store.members().list().size());
        store.members().list().forEach(member -> AdminCodec.member(out, member));
        out.number(store.members().removed().size());
        store.members().removed().forEach(out::number);
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
        auth(in, store.auth());
        int members = in.count("members");
        for (int i = 0; i < members; i++) {
            Member member = AdminCodec.member(in);
            if (store.members().add(member).isPresent()) {
                throw in.malformed("member", "a new one", Long.toHexString(member.id()));
            }
        }
        int removed = in.count("removed members");
        for (int i = 0; i < removed; i++) {
            store.members().restoreRemoved(in.number("removed member"));
        }
    }

    private static void auth(RequestWriter out, Auth auth) {
        out.bool(auth.isEnabled());
        out.number(auth.revision());
        out.number(auth.roles().size());
        for (Bytes role : auth.roles()) {
            out.bytes(role);
            out.number(auth.permissions(role).size());
            auth.permissions(role).forEach(each -> AdminCodec.permission(out, each));
        }
        out.number(auth.users().size());
        for (Bytes user : auth.users()) {
            out.bytes(user);
            out.bytes(auth.hash(user));
            out.number(auth.rolesOf(user).size());
            auth.rolesOf(user).forEach(out::bytes);
        }
    }

    private static void auth(RequestReader in, Auth auth) {
        auth.restore(in.bool("auth enabled"), in.number("auth revision"));
        int roles = in.count("roles");
        for (int i = 0; i < roles; i++) {
            Bytes name = in.bytes("role");
            int count = in.count("permissions");
            List<Permission> permissions = new ArrayList<>();
            for (int each = 0; each < count; each++) {
                permissions.add(AdminCodec.permission(in));
            }
            if (auth.hasRole(name)) {
                throw in.malformed("role", "a new one", name.toString());
            }
            auth.loadRole(name, permissions);
        }
        int users = in.count("users");
        for (int i = 0; i < users; i++) {
            Bytes name = in.bytes("user");
            Bytes hash = in.bytes("hash");
            int count = in.count("roles of a user");
            List<Bytes> its = new ArrayList<>();
            for (int each = 0; each < count; each++) {
                its.add(in.bytes("role"));
            }
            if (auth.hasUser(name)) {
                throw in.malformed("user", "a new one", name.toString());
            }
            auth.loadUser(name, hash, its);
        }
    }

    private static void leases(RequestWriter out, Leases leases) {
        out.number(leases.size());
        leases.forEach(
                (id, ttlSeconds, remainingSeconds) -> {
                    out.number(id);
                    out.number(ttlSeconds);
                    out.number(remainingSeconds);
                });
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
