package dev.whitewater.store.auth;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Permission;
import dev.whitewater.store.StateHash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Users, roles, and whether they are looked at (etcd's auth store). Every change but that of being
 * enabled raises the auth revision, so that a token tells which permissions it was made under.
 *
 * <p>What a user may do is kept merged per user; it is derived, rebuilt with every change that
 * touches it and when a snapshot is loaded, and part of the hash (etcd issue 14571 was a cache that
 * one member forgot to rebuild).
 */
public final class Auth {

    /** The user and the role that may do everything. */
    public static final Bytes ROOT = Bytes.utf8("root");

    private final NavigableMap<Bytes, User> users = new TreeMap<>();
    private final NavigableMap<Bytes, Role> roles = new TreeMap<>();
    private boolean enabled;
    private long revision = 1;

    /** The sum over the facts of all users and roles. */
    private long facts;

    public boolean isEnabled() {
        return enabled;
    }

    public long revision() {
        return revision;
    }

    /** Over all of it, the derived too; O(1). */
    public long hash() {
        return StateHash.fold(StateHash.fold(facts, revision), enabled ? 1 : 0);
    }

    /** Puts back what a snapshot says, before users and roles. */
    public void restore(boolean isEnabled, long atRevision) {
        enabled = isEnabled;
        revision = atRevision;
    }

    public Optional<ErrorCode> enable() {
        if (enabled) {
            return Optional.empty();
        }
        User root = users.get(ROOT);
        if (root == null) {
            return Optional.of(ErrorCode.ROOT_USER_NOT_FOUND);
        }
        if (!root.roles.contains(ROOT)) {
            return Optional.of(ErrorCode.ROOT_ROLE_NOT_GRANTED);
        }
        enabled = true;
        return Optional.empty();
    }

    public void disable() {
        if (enabled) {
            enabled = false;
            revision++;
        }
    }

    public Optional<ErrorCode> addUser(Bytes name, Bytes hash) {
        if (name.isEmpty()) {
            return Optional.of(ErrorCode.USER_EMPTY);
        }
        if (users.containsKey(name)) {
            return Optional.of(ErrorCode.USER_EXISTS);
        }
        loadUser(name, hash, List.of());
        return changed();
    }

    public Optional<ErrorCode> deleteUser(Bytes name) {
        if (enabled && name.equals(ROOT)) {
            return Optional.of(ErrorCode.INVALID_AUTH_MANAGEMENT);
        }
        User user = users.remove(name);
        if (user == null) {
            return Optional.of(ErrorCode.USER_NOT_FOUND);
        }
        facts -= user.fact();
        return changed();
    }

    public Optional<ErrorCode> changePassword(Bytes name, Bytes hash) {
        User user = users.get(name);
        if (user == null) {
            return Optional.of(ErrorCode.USER_NOT_FOUND);
        }
        facts -= user.fact();
        user.hash = hash;
        facts += user.fact();
        return changed();
    }

    public Optional<ErrorCode> grantRole(Bytes name, Bytes role) {
        User user = users.get(name);
        if (user == null) {
            return Optional.of(ErrorCode.USER_NOT_FOUND);
        }
        if (!role.equals(ROOT) && !roles.containsKey(role)) {
            return Optional.of(ErrorCode.ROLE_NOT_FOUND);
        }
        if (user.roles.contains(role)) {
            return Optional.empty();
        }
        facts -= user.fact();
        user.roles.add(role);
        refresh(user);
        return changed();
    }

    public Optional<ErrorCode> revokeRole(Bytes name, Bytes role) {
        if (enabled && name.equals(ROOT) && role.equals(ROOT)) {
            return Optional.of(ErrorCode.INVALID_AUTH_MANAGEMENT);
        }
        User user = users.get(name);
        if (user == null) {
            return Optional.of(ErrorCode.USER_NOT_FOUND);
        }
        if (!user.roles.contains(role)) {
            return Optional.of(ErrorCode.ROLE_NOT_GRANTED);
        }
        facts -= user.fact();
        user.roles.remove(role);
        refresh(user);
        return changed();
    }

    public Optional<ErrorCode> addRole(Bytes name) {
        if (name.isEmpty()) {
            return Optional.of(ErrorCode.ROLE_EMPTY);
        }
        if (roles.containsKey(name)) {
            return Optional.of(ErrorCode.ROLE_EXISTS);
        }
        loadRole(name, List.of());
        return changed();
    }

    public Optional<ErrorCode> deleteRole(Bytes name) {
        if (enabled && name.equals(ROOT)) {
            return Optional.of(ErrorCode.INVALID_AUTH_MANAGEMENT);
        }
        Role role = roles.remove(name);
        if (role == null) {
            return Optional.of(ErrorCode.ROLE_NOT_FOUND);
        }
        facts -= role.fact();
        for (User user : users.values()) {
            if (user.roles.contains(name)) {
                facts -= user.fact();
                user.roles.remove(name);
                refresh(user);
            }
        }
        return changed();
    }

    public Optional<ErrorCode> grantPermission(Bytes name, Permission permission) {
        Role role = roles.get(name);
        if (role == null) {
            return Optional.of(ErrorCode.ROLE_NOT_FOUND);
        }
        facts -= role.fact();
        role.permissions.put(permission.keys(), permission.access());
        facts += role.fact();
        refreshAll(name);
        return changed();
    }

    public Optional<ErrorCode> revokePermission(Bytes name, KeyRange keys) {
        Role role = roles.get(name);
        if (role == null) {
            return Optional.of(ErrorCode.ROLE_NOT_FOUND);
        }
        if (!role.permissions.containsKey(keys)) {
            return Optional.of(ErrorCode.PERMISSION_NOT_GRANTED);
        }
        facts -= role.fact();
        role.permissions.remove(keys);
        facts += role.fact();
        refreshAll(name);
        return changed();
    }

    public boolean hasUser(Bytes name) {
        return users.containsKey(name);
    }

    public boolean hasRole(Bytes name) {
        return roles.containsKey(name);
    }

    /** What a user's password was made into; empty if there is no such user or no password. */
    public Bytes hash(Bytes name) {
        User user = users.get(name);
        return user == null ? Bytes.EMPTY : user.hash;
    }

    /** The users that have a password, and what it was made into. */
    public Map<Bytes, Bytes> hashes() {
        Map<Bytes, Bytes> hashes = new TreeMap<>();
        for (User user : users.values()) {
            if (!user.hash.isEmpty()) {
                hashes.put(user.name, user.hash);
            }
        }
        return hashes;
    }

    public List<Bytes> users() {
        return List.copyOf(users.keySet());
    }

    public List<Bytes> roles() {
        return List.copyOf(roles.keySet());
    }

    /** The roles of a user, none if there is no such user. */
    public List<Bytes> rolesOf(Bytes name) {
        User user = users.get(name);
        return user == null ? List.of() : List.copyOf(user.roles);
    }

    /** What a role was granted, by key. */
    public List<Permission> permissions(Bytes name) {
        List<Permission> permissions = new ArrayList<>();
        roles.get(name)
                .permissions
                .forEach((keys, access) -> permissions.add(new Permission(access, keys)));
        return permissions;
    }

    public boolean isRoot(Bytes user) {
        return rolesOf(user).contains(ROOT);
    }

    /** Whether a user other than root may read or write all of some keys. */
    public boolean permits(Bytes name, KeyRange keys, boolean write) {
        User user = users.get(name);
        return user != null && (write ? user.writes : user.reads).covers(keys);
    }

    /** Adds a user as it was. Its roles must be there already, as far as they are. */
    public void loadUser(Bytes name, Bytes hash, List<Bytes> itsRoles) {
        User user = new User(name, hash);
        user.roles.addAll(itsRoles);
        users.put(name, user);
        refresh(user);
    }

    /** Adds a role as it was. */
    public void loadRole(Bytes name, List<Permission> permissions) {
        Role role = new Role(name);
        permissions.forEach(each -> role.permissions.put(each.keys(), each.access()));
        roles.put(name, role);
        facts += role.fact();
        refreshAll(name);
    }

    private Optional<ErrorCode> changed() {
        revision++;
        return Optional.empty();
    }

    private void refreshAll(Bytes role) {
        for (User user : users.values()) {
            if (user.roles.contains(role)) {
                facts -= user.fact();
                refresh(user);
            }
        }
    }

    /** Derives a user's permissions anew; its fact must be out of the sum and comes back. */
    private void refresh(User user) {
        user.reads = new Grants();
        user.writes = new Grants();
        for (Bytes name : user.roles) {
            Role role = roles.get(name);
            if (role != null) {
                role.permissions.forEach((keys, access) -> grant(user, keys, access));
            }
        }
        facts += user.fact();
    }

    private static void grant(User user, KeyRange keys, Permission.Access access) {
        if (access.reads()) {
            user.reads.add(keys);
        }
        if (access.writes()) {
            user.writes.add(keys);
        }
    }
}
