package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;
import dev.whitewater.store.Txn;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** M34 fires at what was allowed or denied against permissions, and at nothing else. */
class AccessTest {

    private static final Bytes ROOT = Bytes.utf8("root");
    private static final Bytes USER = Bytes.utf8("u");
    private static final Bytes ROLE = Bytes.utf8("r");
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");

    private final Store store = new Store();
    private final Access access = new Access(new Situations(List.of()));

    @BeforeEach
    void oneUserMayWriteOneKeyAndReadAll() {
        admin(new AuthRequest.AddUser(ROOT, A));
        admin(new AuthRequest.GrantRole(ROOT, ROOT));
        admin(new AuthRequest.AddUser(USER, A));
        admin(new AuthRequest.AddRole(ROLE));
        admin(new AuthRequest.GrantRole(USER, ROLE));
        grant(Permission.Access.WRITE, KeyRange.single(A));
        grant(Permission.Access.READ, KeyRange.from(A));
        admin(new AuthRequest.Enable());
    }

    private void grant(Permission.Access kind, KeyRange keys) {
        admin(new AuthRequest.GrantPermission(ROLE, new Permission(kind, keys)));
    }

    private Response admin(AuthRequest request) {
        return apply(Attributed.member(request));
    }

    private Response apply(Request request) {
        Response response = store.apply(store.appliedIndex() + 1, request);
        access.applied(store.appliedIndex(), request, response, store.authRevision());
        return response;
    }

    private Request of(Operation operation) {
        return new Attributed(Caller.user(USER, store.authRevision()), operation);
    }

    private void fires(Request request, Response response) {
        Finding finding =
                assertThrows(
                        Finding.class,
                        () ->
                                access.applied(
                                        store.appliedIndex() + 1,
                                        request,
                                        response,
                                        store.authRevision()));
        assertEquals("M34", finding.monitor());
    }

    @Test
    void whatTheStoreDecidesIsRight() {
        assertEquals(PutResponse.class, apply(of(Put.of(A, B))).getClass());
        assertEquals(Rejected.class, apply(of(Put.of(B, B))).getClass());
        assertEquals(Rejected.class, apply(Put.of(A, B)).getClass());
        apply(of(Txn.of(Range.of(KeyRange.from(B)), Txn.of(Put.of(B, B)))));
        admin(new AuthRequest.RevokeRole(USER, ROLE));
        assertEquals(Rejected.class, apply(of(Put.of(A, B))).getClass());
        admin(new AuthRequest.Disable());
        assertEquals(PutResponse.class, apply(Put.of(B, B)).getClass());
    }

    private void shows(MemberState member, Caller caller, Bytes key, Response response) {
        member.appliedBefore = store.appliedIndex();
        member.applied = store.appliedIndex();
        access.shows(member, caller, Range.of(key), response);
    }

    @Test
    void aReadIsJudgedByWhatItsMemberHasApplied() {
        MemberState member = new MemberState(1);
        Response answer = new RangeResponse(1, List.of(), 0, false);
        Response denial = Rejected.because(ErrorCode.PERMISSION_DENIED);
        shows(member, Caller.user(USER, store.authRevision()), A, answer);
        access.after();
        shows(member, Caller.user(USER, store.authRevision()), A, denial);
        assertThrows(Finding.class, access::after);
        shows(member, Caller.NOBODY, A, answer);
        assertThrows(Finding.class, access::after);
        admin(new AuthRequest.Disable());
        shows(member, Caller.NOBODY, A, answer);
        access.after();
    }

    @Test
    void anOldTokenIsNoPermission() {
        Request old = new Attributed(Caller.user(USER, store.authRevision() - 1), Put.of(A, B));
        assertEquals(Rejected.class, apply(old).getClass());
        fires(old, new PutResponse(2, List.of()));
    }

    @Test
    void whatIsForbiddenInsideIsForbidden() {
        fires(of(Txn.of(Txn.of(Put.of(B, B)))), new PutResponse(2, List.of()));
        fires(of(Put.of(B, B)), new PutResponse(2, List.of()));
        fires(Put.of(A, B), new PutResponse(2, List.of()));
    }

    @Test
    void whatIsPermittedIsNotDenied() {
        fires(of(Put.of(A, B)), Rejected.because(ErrorCode.PERMISSION_DENIED));
    }
}
