package dev.whitewater.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Login;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;
import dev.whitewater.store.Txn;
import dev.whitewater.store.port.PasswordHasher;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Users, roles and what they may, step by step against a real etcd 3.4 (Debian's). Passwords are
 * names until they are changed. Where 3.4.23 leaves open what later advisories closed, {@link
 * #closed} says that it does and that we don't.
 */
class EtcdAuthTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes C = Bytes.utf8("c");
    private static final Bytes D = Bytes.utf8("d");
    private static final Bytes ROOT = Bytes.utf8("root");
    private static final Bytes ANN = Bytes.utf8("ann");
    private static final Bytes BOB = Bytes.utf8("bob");
    private static final Bytes R1 = Bytes.utf8("r1");
    private static final Bytes R2 = Bytes.utf8("r2");

    private static final PasswordHasher PLAIN =
            new PasswordHasher() {
                @Override
                public Bytes hash(Bytes password) {
                    return password;
                }

                @Override
                public boolean matches(Bytes password, Bytes hash) {
                    return password.equals(hash);
                }
            };

    private Etcd etcd;
    private final Store store = new Store();
    private long index;

    @BeforeEach
    void startEtcd() throws IOException {
        etcd = Etcd.start();
        List.of(ROOT, ANN, BOB).forEach(user -> free(new AuthRequest.AddUser(user, user)));
        free(new AuthRequest.Enable());
        free(new AuthRequest.AddRole(ROOT));
        free(new AuthRequest.GrantRole(ROOT, ROOT));
        List.of(R1, R2).forEach(role -> free(new AuthRequest.AddRole(role)));
        free(new AuthRequest.GrantRole(ANN, R1));
        free(new AuthRequest.GrantRole(BOB, R2));
        grant(R1, Permission.Access.READ_WRITE, KeyRange.between(A, C), false);
        grant(R2, Permission.Access.WRITE, KeyRange.single(B), false);
        free(new AuthRequest.Enable());
    }

    @AfterEach
    void stopEtcd() throws IOException {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Test
    void keysAreReadAndWrittenByThoseWhoMay() {
        for (Bytes user : List.of(ANN, BOB, ROOT)) {
            for (Bytes key : List.of(A, B, C, D)) {
                as(user, Put.of(key, user));
                as(user, Range.of(key));
                as(user, Range.of(KeyRange.from(key)));
                as(user, Range.of(KeyRange.between(A, key.next())));
                as(user, Put.of(key, user).withPrevious());
                as(user, Put.of(key, Bytes.EMPTY).keepingValue());
                as(user, new DeleteRange(KeyRange.single(key), true));
                as(user, new DeleteRange(KeyRange.between(A, key), false));
                as(user, new DeleteRange(KeyRange.from(key), false));
            }
        }
        free(Put.of(A, A));
        free(Range.of(A));
    }

    @Test
    void permissionsOfTwoRolesAndOfNeighbouringRangesAddUp() {
        as(ROOT, Put.of(C, C));
        as(ANN, Range.of(KeyRange.between(A, D)));
        grant(R1, Permission.Access.READ, KeyRange.between(C, D), true);
        as(ANN, Range.of(KeyRange.between(A, D)));
        as(ANN, new DeleteRange(KeyRange.between(A, D), false));
        as(BOB, Range.of(B));
        as(ROOT, new AuthRequest.GrantRole(BOB, R1));
        as(BOB, Range.of(B));
        grant(R1, Permission.Access.WRITE, KeyRange.between(A, C), true);
        as(BOB, Range.of(B));
        as(ROOT, new AuthRequest.GetRole(R1));
        as(ROOT, new AuthRequest.RevokePermission(R1, KeyRange.between(A, C)));
        as(ROOT, new AuthRequest.RevokePermission(R1, KeyRange.between(A, C)));
        as(ANN, Put.of(A, A));
        as(BOB, Put.of(B, B));
        grant(R2, Permission.Access.READ, KeyRange.from(B), true);
        as(BOB, Range.of(KeyRange.from(B)));
        as(BOB, Range.of(KeyRange.from(A)));
    }

    @Test
    void transactionsNeedAllThatTheyMightDo() {
        as(ANN, txn(A, List.of(Put.of(B, B)), List.of()));
        as(ANN, txn(A, List.of(Range.of(A)), List.of(Put.of(A, A))));
        as(ANN, txn(D, List.of(), List.of()));
        as(ANN, txn(A, List.of(), List.of(Put.of(D, D))));
        as(ANN, txn(A, List.of(Put.of(D, D)), List.of()));
        as(ANN, Txn.of(Range.of(KeyRange.from(A))));
        as(ANN, Txn.of(new DeleteRange(KeyRange.from(A), false)));
        as(ANN, Txn.of(new DeleteRange(KeyRange.between(A, C), true)));
        as(BOB, Txn.of(Put.of(B, B)));
        as(BOB, Txn.of(new DeleteRange(KeyRange.single(B), false)));
        as(BOB, Txn.of(new DeleteRange(KeyRange.single(B), true)));
        as(ANN, Txn.of(Txn.of(Put.of(A, A), Range.of(B))));
        as(ROOT, Txn.of(Txn.of(Put.of(D, D), Range.of(KeyRange.ALL))));
        as(ANN, new Txn(List.of(), List.of(), List.of()));
        free(new Txn(List.of(), List.of(), List.of()));
        free(Txn.of(Put.of(A, A)));
        closed(BOB, Txn.of(Put.of(B, B).withPrevious()));
        closed(ANN, Txn.of(Txn.of(Range.of(D))));
        closed(BOB, Txn.of(Txn.of(Range.of(A))));
    }

    @Test
    void leasesBelongToThoseWhoMayWriteTheirKeys() {
        as(ROOT, new LeaseRequest.Grant(7, 600));
        as(ROOT, Put.of(D, D).withLease(7));
        as(ANN, Put.of(A, A).withLease(7));
        as(ANN, Put.of(A, A).withLease(99));
        as(ANN, new LeaseRequest.Revoke(7));
        as(ANN, new LeaseRequest.Revoke(99));
        as(ANN, new LeaseRequest.Grant(8, 600));
        as(ANN, new LeaseRequest.Grant(8, 600));
        as(ANN, Put.of(A, A).withLease(8));
        as(BOB, Put.of(B, B).withLease(8));
        as(BOB, new LeaseRequest.Revoke(8));
        as(ANN, Put.of(A, Bytes.EMPTY).keepingValue());
        as(ANN, Put.of(B, B).withLease(8));
        as(BOB, new LeaseRequest.Revoke(8));
        as(ANN, new LeaseRequest.Revoke(8));
        as(ROOT, Range.of(KeyRange.ALL));
        as(ROOT, new LeaseRequest.Revoke(7));
        as(ROOT, Range.of(KeyRange.ALL));
    }

    @Test
    void administrationIsRootsAndOnesOwnMayBeSeen() {
        for (Bytes user : List.of(ANN, BOB, ROOT)) {
            for (Bytes other : List.of(ANN, BOB, ROOT, D)) {
                as(user, new AuthRequest.GetUser(other));
            }
            List.of(R1, R2, ROOT, D).forEach(role -> as(user, new AuthRequest.GetRole(role)));
            as(user, new AuthRequest.ListUsers());
            as(user, new AuthRequest.ListRoles());
        }
        as(ANN, new AuthRequest.AddUser(C, C));
        as(ANN, new AuthRequest.AddRole(C));
        as(ANN, new AuthRequest.DeleteUser(BOB));
        as(ANN, new AuthRequest.DeleteRole(R2));
        as(ANN, new AuthRequest.ChangePassword(ANN, D));
        as(ANN, new AuthRequest.GrantRole(ANN, ROOT));
        as(ANN, new AuthRequest.RevokeRole(ANN, R1));
        as(ANN, new AuthRequest.RevokePermission(R1, KeyRange.between(A, C)));
        as(ANN, new AuthRequest.Disable());
        as(ANN, new AuthRequest.Enable());
        free(new AuthRequest.AddUser(C, C));
        free(new AuthRequest.ListUsers());
        free(new AuthRequest.Disable());
        as(ROOT, new AuthRequest.GrantRole(ANN, ROOT));
        as(ANN, Put.of(D, D));
        as(ANN, new AuthRequest.AddUser(C, C));
        as(ROOT, new AuthRequest.RevokeRole(ANN, ROOT));
        as(ANN, Put.of(D, D));
    }

    @Test
    void rootStaysWhatIsDeletedIsGoneAndWhatIsUsedToo() {
        as(ROOT, new AuthRequest.DeleteUser(ROOT));
        as(ROOT, new AuthRequest.DeleteRole(ROOT));
        as(ROOT, new AuthRequest.RevokeRole(ROOT, ROOT));
        as(ROOT, new AuthRequest.AddUser(ROOT, ROOT));
        as(ROOT, new AuthRequest.AddRole(ROOT));
        as(ROOT, new AuthRequest.DeleteRole(R1));
        as(ROOT, new AuthRequest.GetUser(ANN));
        as(ANN, Put.of(A, A));
        as(ROOT, new AuthRequest.AddRole(R1));
        as(ANN, Put.of(A, A));
        as(ROOT, new AuthRequest.GrantRole(ANN, R1));
        as(ANN, Put.of(A, A));
        as(ROOT, new AuthRequest.GrantRole(ANN, R1));
        as(ROOT, new AuthRequest.RevokeRole(ANN, R1));
        as(ROOT, new AuthRequest.RevokeRole(ANN, R1));
        as(ROOT, new AuthRequest.DeleteUser(BOB));
        as(ROOT, new AuthRequest.DeleteUser(BOB));
        logsIn(BOB, BOB);
        as(ROOT, new AuthRequest.ListUsers());
        as(ROOT, new AuthRequest.GrantRole(BOB, R1));
        as(ROOT, new AuthRequest.GrantRole(ANN, D));
        grant(D, Permission.Access.READ, KeyRange.single(A), true);
    }

    @Test
    void passwordsLetInWhoKnowsThemAndOnlyWhileTheyAreLookedAt() {
        logsIn(ANN, ANN);
        logsIn(ANN, D);
        logsIn(D, D);
        as(ROOT, new AuthRequest.ChangePassword(ANN, D));
        logsIn(ANN, ANN);
        logsIn(ANN, D);
        as(ROOT, new AuthRequest.ChangePassword(C, D));
        as(ROOT, new AuthRequest.Disable());
        logsIn(ANN, D);
        free(Put.of(D, D));
        free(new AuthRequest.DeleteUser(BOB));
        free(new AuthRequest.RevokeRole(ROOT, ROOT));
        free(new AuthRequest.Enable());
        free(new AuthRequest.DeleteUser(ROOT));
        free(new AuthRequest.Enable());
        free(new AuthRequest.AddUser(ROOT, ROOT));
        free(new AuthRequest.GrantRole(ROOT, ROOT));
        free(new AuthRequest.Enable());
        free(Put.of(D, D));
        logsIn(ANN, D);
        as(ROOT, Put.of(D, D));
        as(ROOT, new AuthRequest.Enable());
    }

    @Test
    void watchesAreAllowedWhereReadsAre() {
        List<KeyRange> ranges =
                List.of(
                        KeyRange.single(A),
                        KeyRange.single(C),
                        KeyRange.between(A, C),
                        KeyRange.between(A, D),
                        KeyRange.from(D));
        for (Bytes user : List.of(ANN, BOB, ROOT)) {
            for (KeyRange keys : ranges) {
                assertEquals(
                        isWatchRefused(user, keys),
                        store.readRefusal(caller(user), keys).isPresent(),
                        user + " watches " + keys);
            }
        }
    }

    /** Who may watch one key there is told of all behind it too (GHSA-xg4h-6gfc-h4m8). */
    @Test
    void openEndedWatchNeedsPermissionForAllOfIt() {
        assertFalse(isWatchRefused(ANN, KeyRange.from(A)));
        assertTrue(store.readRefusal(caller(ANN), KeyRange.from(A)).isPresent());
    }

    private boolean isWatchRefused(Bytes user, KeyRange keys) {
        ObjectNode body = ToJson.object();
        ToJson.keys(body.putObject("create_request"), keys);
        List<JsonNode> lines = etcd.stream("/v3/watch", body, token(user, user), line -> true);
        return lines.getFirst().path("result").path("canceled").asBoolean(false);
    }

    @Test
    void compactionIsRoots() {
        as(ROOT, Put.of(A, A));
        as(ROOT, Put.of(A, B));
        as(ROOT, new MaintenanceRequest.Compact(2));
        closed(ANN, new MaintenanceRequest.Compact(3));
    }

    private static Txn txn(Bytes compared, List<Operation> then, List<Operation> otherwise) {
        Compare compare =
                new Compare(
                        KeyRange.single(compared),
                        Compare.Relation.EQUAL,
                        new Compare.Operand.Version(0));
        return new Txn(List.of(compare), then, otherwise);
    }

    private void grant(Bytes role, Permission.Access access, KeyRange keys, boolean asRoot) {
        Request request = new AuthRequest.GrantPermission(role, new Permission(access, keys));
        if (asRoot) {
            as(ROOT, request);
        } else {
            free(request);
        }
    }

    /** Without a token. */
    private void free(Request request) {
        ask(Caller.NOBODY, request, "");
    }

    private void as(Bytes user, Request request) {
        Bytes password = store.login(user, user, PLAIN) instanceof Login.Propose ? user : D;
        ask(caller(user), request, token(user, password));
    }

    private Caller caller(Bytes user) {
        return Caller.user(user, store.authRevision());
    }

    /** What they let pass we refuse; nothing of it happens here. */
    private void closed(Bytes user, Request request) {
        ToJson.Call call = ToJson.call(request);
        Etcd.Answer theirs = etcd.post(call.path(), call.body(), token(user, user));
        assertTrue(theirs.ok(), () -> "refused there too now: " + request);
        assertEquals(
                Rejected.because(ErrorCode.PERMISSION_DENIED),
                store.apply(++index, new Attributed(caller(user), request)));
        if (request instanceof Txn) {
            // What they did is made up for, so that both go on from the same state.
            store.apply(++index, Attributed.member(request));
        }
    }

    private String token(Bytes user, Bytes password) {
        return authenticate(user, password).body().path("token").asString("");
    }

    private Etcd.Answer authenticate(Bytes user, Bytes password) {
        ObjectNode body =
                ToJson.object().put("name", user.toUtf8()).put("password", password.toUtf8());
        return etcd.post("/v3/auth/authenticate", body);
    }

    /** Whoever is let in, and why not. */
    private void logsIn(Bytes user, Bytes password) {
        Etcd.Answer theirs = authenticate(user, password);
        Optional<String> refusal = theirs.ok() ? Optional.empty() : Optional.of(theirs.error());
        Optional<String> ours =
                store.login(user, password, PLAIN) instanceof Login.Refused refused
                        ? Optional.of(refused.code().text())
                        : Optional.empty();
        assertEquals(refusal, ours, user + " with " + password);
    }

    private void ask(Caller caller, Request request, String token) {
        Response ours = store.apply(++index, new Attributed(caller, request));
        ToJson.Call call = ToJson.call(request);
        Etcd.Answer theirs = etcd.post(call.path(), call.body(), token);
        String what = caller.user() + ": " + request;
        if (ours instanceof Rejected rejected) {
            String answer = theirs.ok() ? theirs.body().toString() : theirs.error();
            assertEquals(answer, rejected.message(), what);
        } else if (theirs.ok()) {
            assertEquals(FromJson.response(theirs.body(), ours), ours, what);
        } else {
            assertEquals(theirs.error(), ours.toString(), what);
        }
    }
}
