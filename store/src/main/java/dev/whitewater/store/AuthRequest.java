package dev.whitewater.store;

/**
 * A command on users, roles and what they may do. Passwords come as what a {@link
 * dev.whitewater.store.port.PasswordHasher} made of them before the command was proposed; here they
 * are only stored and compared.
 */
public sealed interface AuthRequest extends Request {

    /** From now on every request needs a user who may. */
    record Enable() implements AuthRequest {}

    /** From now on everybody may do everything. */
    record Disable() implements AuthRequest {}

    /** Answers whether permissions are looked at. */
    record Status() implements AuthRequest {}

    /**
     * Lets a user in whose password was found right.
     *
     * @param hash what it was compared with; refused if it is no longer what is stored
     */
    record Authenticate(Bytes user, Bytes hash) implements AuthRequest {}

    /**
     * Makes a user.
     *
     * @param hash of the password; empty: there is none, and no password lets the user in
     */
    record AddUser(Bytes user, Bytes hash) implements AuthRequest {}

    /** Takes a user away. */
    record DeleteUser(Bytes user) implements AuthRequest {}

    /** Gives a user another password. */
    record ChangePassword(Bytes user, Bytes hash) implements AuthRequest {}

    /** Gives a user a role. */
    record GrantRole(Bytes user, Bytes role) implements AuthRequest {}

    /** Takes a role from a user. */
    record RevokeRole(Bytes user, Bytes role) implements AuthRequest {}

    /** Answers the roles of a user. */
    record GetUser(Bytes user) implements AuthRequest {}

    /** Answers the names of all users. */
    record ListUsers() implements AuthRequest {}

    /** Makes a role. */
    record AddRole(Bytes role) implements AuthRequest {}

    /** Takes a role away, also from all who have it. */
    record DeleteRole(Bytes role) implements AuthRequest {}

    /** Adds to what a role may do, or changes it for exactly these keys. */
    record GrantPermission(Bytes role, Permission permission) implements AuthRequest {}

    /** Takes away what a role may do with exactly these keys. */
    record RevokePermission(Bytes role, KeyRange keys) implements AuthRequest {}

    /** Answers what a role may do. */
    record GetRole(Bytes role) implements AuthRequest {}

    /** Answers the names of all roles. */
    record ListRoles() implements AuthRequest {}
}
