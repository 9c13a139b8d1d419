package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.port.PasswordHasher;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Users, roles, members, quota and hashes, with the texts that etcd gives in the same place. */
class AdminTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes ROOT = Bytes.utf8("root");
    private static final Bytes ANN = Bytes.utf8("ann");
    private static final Bytes ROLE = Bytes.utf8("role");

    /** Turns passwords around: cheap, and not the password. */
    private static final PasswordHasher HASHER =
            new PasswordHasher() {
                @Override
                public Bytes hash(Bytes password) {
                    byte[] raw = password.toByteArray();
                    for (int i = 0; i < raw.length; i++) {
                        raw[i] ^= 0x55;
                    }
                    return Bytes.of(raw);
                }

                @Override
                public boolean matches(Bytes password, Bytes hash) {
                    return hash(password).equals(hash);
                }
            };

    private final Store store = new Store();
    private long index;

    @Test
    void enablingNeedsARootWhoIsRoot() {
        assertRefused("root user does not exist", new AuthRequest.Enable());
        apply(new AuthRequest.AddUser(ROOT, A));
        assertRefused("root user does not have root role", new AuthRequest.Enable());
        apply(new AuthRequest.GrantRole(ROOT, ROOT));
        assertEquals(new AuthResponse.Done(1), apply(new AuthRequest.Enable()));
        assertTrue(store.isAuthEnabled());
    }

    @Test
    void usersAndRolesAreRefusedAsInEtcd() {
        apply(new AuthRequest.AddUser(ANN, A));
        apply(new AuthRequest.AddRole(ROLE));
        assertRefused("user name already exists", new AuthRequest.AddUser(ANN, A));
        assertRefused("user name is empty", new AuthRequest.AddUser(Bytes.EMPTY, A));
        assertRefused("user name not found", new AuthRequest.DeleteUser(B));
        assertRefused("user name not found", new AuthRequest.GetUser(B));
        assertRefused("user name not found", new AuthRequest.ChangePassword(B, A));
        assertRefused("role name already exists", new AuthRequest.AddRole(ROLE));
        assertRefused("role name is empty", new AuthRequest.AddRole(Bytes.EMPTY));
        assertRefused("role name not found", new AuthRequest.DeleteRole(B));
        assertRefused("role name not found", new AuthRequest.GrantRole(ANN, B));
        assertRefused("role is not granted to the user", new AuthRequest.RevokeRole(ANN, ROLE));
        assertRefused(
                "permission is not granted to the role",
                new AuthRequest.RevokePermission(ROLE, KeyRange.single(A)));
    }

    @Test
    void rootCannotBeTakenAwayWhileItIsNeeded() {
        enable();
        Caller root = Caller.user(ROOT, store.authRevision());
        String text = "invalid auth management";
        assertRefused(text, new Attributed(root, new AuthRequest.DeleteUser(ROOT)));
        assertRefused(text, new Attributed(root, new AuthRequest.DeleteRole(ROOT)));
        assertRefused(text, new Attributed(root, new AuthRequest.RevokeRole(ROOT, ROOT)));
    }

    @Test
    void callersWithoutATokenOrWithAnOldOneAreRefused() {
        enable();
        assertRefused("user name is empty", Put.of(A, A));
        assertRefused(
                "revision of auth store is old",
                new Attributed(Caller.user(ANN, store.authRevision() - 1), Put.of(A, A)));
        assertRefused("permission denied", new Attributed(ann(), Put.of(B, A)));
        assertRefused("permission denied", new Attributed(ann(), new AuthRequest.ListUsers()));
        assertRefused(
                "permission denied", new Attributed(ann(), new MaintenanceRequest.Compact(1)));
        assertEquals(new PutResponse(2, List.of()), apply(new Attributed(ann(), Put.of(A, A))));
    }

    @Test
    void nestedTransactionsShowAndAttachNothingThatIsNotAllowed() {
        enable();
        apply(Attributed.member(new LeaseRequest.Grant(1, 60)));
        apply(Attributed.member(Put.of(B, B).withLease(1)));
        String text = "permission denied";
        Put seen = Put.of(A, A).withPrevious();
        assertRefused(text, new Attributed(ann(), Txn.of(Txn.of(seen))));
        assertRefused(text, new Attributed(ann(), Txn.of(Txn.of(Put.of(A, A).withLease(1)))));
        assertRefused(text, new Attributed(ann(), new LeaseRequest.Revoke(1)));
        assertEquals(List.of(ErrorCode.PERMISSION_DENIED), leaseKeys());
    }

    private List<ErrorCode> leaseKeys() {
        return store.leaseKeysRefusal(ann(), 1).stream().toList();
    }

    @Test
    void alarmDoesNotOpenWhatPermissionsClose() {
        enable();
        Alarm full = new Alarm(1, Alarm.Kind.NO_SPACE);
        apply(Attributed.member(new MaintenanceRequest.RaiseAlarm(full)));
        assertRefused("permission denied", new Attributed(ann(), new AuthRequest.Disable()));
        assertRefused("permission denied", new Attributed(ann(), DeleteRange.of(B)));
    }

    @Test
    void watchOutlivesATokenButNotAPermission() {
        enable();
        KeyRange keys = KeyRange.single(A);
        Permission read = new Permission(Permission.Access.READ, keys);
        Caller begun = ann();
        assertEquals(Optional.of(ErrorCode.PERMISSION_DENIED), store.readRefusal(begun, keys));
        apply(Attributed.member(new AuthRequest.GrantPermission(ROLE, read)));
        assertEquals(Optional.of(ErrorCode.AUTH_OLD_REVISION), store.readRefusal(begun, keys));
        assertEquals(Optional.empty(), store.watchRefusal(begun, keys));
        apply(Attributed.member(new AuthRequest.RevokePermission(ROLE, keys)));
        assertEquals(Optional.of(ErrorCode.PERMISSION_DENIED), store.watchRefusal(begun, keys));
        assertEquals(Optional.of(ErrorCode.USER_EMPTY), store.watchRefusal(Caller.NOBODY, keys));
    }

    @Test
    void passwordIsLookedAtBeforeAndOnlyComparedWhenApplied() {
        Bytes password = Bytes.utf8("secret");
        assertEquals(
                new Login.Refused(ErrorCode.AUTH_NOT_ENABLED), store.login(ANN, password, HASHER));
        enable();
        apply(Attributed.member(new AuthRequest.ChangePassword(ANN, HASHER.hash(password))));
        assertEquals(new Login.Refused(ErrorCode.AUTH_FAILED), store.login(ANN, A, HASHER));
        assertEquals(new Login.Refused(ErrorCode.AUTH_FAILED), store.login(B, A, HASHER));
        Login.Propose login =
                assertInstanceOf(Login.Propose.class, store.login(ANN, password, HASHER));
        assertEquals(
                new AuthResponse.Authenticated(1, ANN, store.authRevision()),
                apply(login.request()));
        apply(Attributed.member(new AuthRequest.ChangePassword(ANN, A)));
        assertRefused("authentication failed, invalid user ID or password", login.request());
    }

    @Test
    void membersAreRefusedAsInEtcd() {
        Member one = Member.added(1, List.of("http://1"), false);
        apply(new MemberRequest.AddMember(one));
        assertRefused("member ID already exist", new MemberRequest.AddMember(one));
        assertRefused(
                "Peer URLs already exists",
                new MemberRequest.AddMember(Member.added(2, List.of("http://1"), false)));
        apply(new MemberRequest.AddMember(Member.added(3, List.of("http://3"), true)));
        assertRefused(
                "too many learner members in cluster",
                new MemberRequest.AddMember(Member.added(4, List.of("http://4"), true)));
        assertRefused("can only promote a learner member", new MemberRequest.PromoteMember(1));
        assertRefused("member not found", new MemberRequest.RemoveMember(9));
        apply(new MemberRequest.RemoveMember(1));
        assertRefused("member not found", new MemberRequest.AddMember(one));
    }

    @Test
    void updateOfALearnerLeavesItALearner() {
        apply(new MemberRequest.AddMember(Member.added(3, List.of("http://3"), true)));
        apply(new MemberRequest.PublishMember(3, "n3", List.of("http://c3")));
        apply(new MemberRequest.UpdateMember(3, List.of("http://33")));
        Member expected = new Member(3, "n3", List.of("http://33"), List.of("http://c3"), true);
        assertEquals(List.of(expected), store.memberList());
        apply(new MemberRequest.PromoteMember(3));
        assertFalse(store.memberList().getFirst().isLearner());
    }

    @Test
    void quotaCountsWhatARequestWouldAdd() {
        assertFalse(store.exceedsQuota(Put.of(A, Bytes.of(new byte[700])), 1000));
        assertTrue(store.exceedsQuota(Put.of(A, Bytes.of(new byte[750])), 1000));
        Operation put = Put.of(A, Bytes.of(new byte[300]));
        assertTrue(store.exceedsQuota(new Txn(List.of(), List.of(put, put), List.of()), 1000));
        assertFalse(store.exceedsQuota(new Txn(List.of(), List.of(put), List.of(put)), 1000));
        assertFalse(store.exceedsQuota(put, 0));
    }

    @Test
    void whatNeedsNoRoomNeverExceedsTheQuota() {
        apply(Put.of(A, Bytes.of(new byte[700])));
        assertTrue(store.exceedsQuota(new LeaseRequest.Grant(1, 5), 100));
        assertFalse(store.exceedsQuota(DeleteRange.of(A), 100));
        assertFalse(store.exceedsQuota(new LeaseRequest.Revoke(1), 100));
        assertFalse(store.exceedsQuota(new MaintenanceRequest.Compact(2), 100));
    }

    @Test
    void hashKvIsEqualHoweverFarRemovalHasCome() {
        for (int i = 0; i < 20; i++) {
            apply(Put.of(Bytes.utf8("k" + i % 3), Bytes.utf8("v" + i)));
        }
        apply(DeleteRange.of(Bytes.utf8("k0")));
        apply(new MaintenanceRequest.Compact(15));
        int before = hashKv(0, 1);
        assertEquals(before, hashKv(0, 1000));
        store.removeCompacted(1000);
        assertEquals(before, hashKv(0, 5));
        assertNotEquals(before, hashKv(18, 5));
        assertEquals(new HashKv.Refused(ErrorCode.COMPACTED), store.hashKv(15));
        assertEquals(new HashKv.Refused(ErrorCode.FUTURE_REVISION), store.hashKv(99));
    }

    @Test
    void hashOfTheContentIsEqualForEqualContentAndForNothingElse() {
        apply(new LeaseRequest.Grant(7, 60));
        for (int i = 0; i < 9; i++) {
            apply(Put.of(Bytes.utf8("k" + i % 3), Bytes.utf8("v" + i)));
        }
        apply(new MaintenanceRequest.Compact(8));
        Store other = Store.restored(Limits.DEFAULT, store.snapshot());
        store.removeCompacted(1000);
        other.skip(index + 1);
        assertEquals(contentHash(store, 1), contentHash(other, 1000));
        List<Request> changes =
                List.of(
                        Put.of(A, A),
                        DeleteRange.of(Bytes.utf8("k1")),
                        new LeaseRequest.Grant(8, 60),
                        new LeaseRequest.Revoke(7),
                        new MaintenanceRequest.RaiseAlarm(new Alarm(1, Alarm.Kind.NO_SPACE)),
                        new MaintenanceRequest.Compact(9),
                        new AuthRequest.AddUser(ANN, A),
                        new AuthRequest.AddRole(ROLE),
                        new MemberRequest.AddMember(Member.added(3, List.of("p"), false)));
        for (Request change : changes) {
            Store changed = Store.restored(Limits.DEFAULT, store.snapshot());
            changed.apply(index + 1, change);
            assertNotEquals(contentHash(store, 100), contentHash(changed, 100), change::toString);
        }
    }

    private static int contentHash(Store of, int slice) {
        return run(of.contentHash(), slice);
    }

    private int hashKv(long revision, int slice) {
        return run(assertInstanceOf(HashKv.Begun.class, store.hashKv(revision)).steps(), slice);
    }

    private static int run(HashKv.Steps steps, int slice) {
        boolean more = true;
        while (more) {
            more = steps.step(slice);
        }
        return steps.value();
    }

    /** Ann may write a and nothing else. */
    private void enable() {
        apply(new AuthRequest.AddUser(ROOT, A));
        apply(new AuthRequest.GrantRole(ROOT, ROOT));
        apply(new AuthRequest.AddUser(ANN, A));
        apply(new AuthRequest.AddRole(ROLE));
        apply(new AuthRequest.GrantRole(ANN, ROLE));
        apply(
                new AuthRequest.GrantPermission(
                        ROLE, new Permission(Permission.Access.WRITE, KeyRange.single(A))));
        apply(new AuthRequest.Enable());
    }

    private Caller ann() {
        return Caller.user(ANN, store.authRevision());
    }

    private void assertRefused(String text, Request request) {
        Rejected rejected = assertInstanceOf(Rejected.class, apply(request), request::toString);
        assertEquals("etcdserver: " + text, rejected.message());
    }

    private Response apply(Request request) {
        return store.apply(++index, request);
    }
}
