package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Member;
import dev.whitewater.store.MemberRequest;
import dev.whitewater.store.MembersResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

class MemberListTest extends MonitorFixture {

    private static final Member ONE = Member.added(1, List.of("http://a"), false);
    private static final Member LEARNER = Member.added(2, List.of("http://b"), true);

    private final MemberList list = new MemberList();
    private long index;

    private void applied(MemberRequest request, Response response) {
        list.applied(++index, request, response);
    }

    private void lists(MemberRequest request, Member... members) {
        applied(request, new MembersResponse(1, List.of(members)));
    }

    private void refuses(MemberRequest request, ErrorCode code) {
        applied(request, Rejected.because(code));
    }

    private static void fires(Executable step) {
        assertFires("M14", step);
    }

    @Test
    void whatEtcdSaysIsRight() {
        lists(new MemberRequest.AddMember(ONE), ONE);
        lists(new MemberRequest.AddMember(LEARNER), ONE, LEARNER);
        refuses(new MemberRequest.AddMember(ONE), ErrorCode.MEMBER_EXISTS);
        Member taken = Member.added(3, List.of("http://c", "http://b"), false);
        refuses(new MemberRequest.AddMember(taken), ErrorCode.PEER_URL_EXISTS);
        Member second = Member.added(3, List.of("http://c"), true);
        refuses(new MemberRequest.AddMember(second), ErrorCode.TOO_MANY_LEARNERS);
        refuses(new MemberRequest.PromoteMember(1), ErrorCode.MEMBER_NOT_LEARNER);
        refuses(new MemberRequest.PromoteMember(3), ErrorCode.MEMBER_NOT_FOUND);
        refuses(new MemberRequest.UpdateMember(1, List.of("http://b")), ErrorCode.PEER_URL_EXISTS);
        lists(new MemberRequest.ListMembers(), ONE, LEARNER);
        lists(new MemberRequest.RemoveMember(1), LEARNER);
        refuses(new MemberRequest.AddMember(ONE), ErrorCode.MEMBER_NOT_FOUND);
        refuses(new MemberRequest.PublishMember(1, "x", List.of()), ErrorCode.MEMBER_NOT_FOUND);
    }

    @Test
    void anUpdateThatMakesALearnerAVoterFires() {
        lists(new MemberRequest.AddMember(LEARNER), LEARNER);
        Member voter = new Member(2, "", List.of("http://c"), List.of(), false);
        fires(() -> lists(new MemberRequest.UpdateMember(2, List.of("http://c")), voter));
    }

    @Test
    void aPromotionThatIsForgottenFires() {
        lists(new MemberRequest.AddMember(LEARNER), LEARNER);
        fires(() -> lists(new MemberRequest.PromoteMember(2), LEARNER));
    }

    @Test
    void anIdThatComesBackFires() {
        lists(new MemberRequest.AddMember(ONE), ONE);
        lists(new MemberRequest.RemoveMember(1));
        fires(() -> lists(new MemberRequest.AddMember(ONE), ONE));
    }

    @Test
    void aRefusalForNoReasonFires() {
        fires(() -> refuses(new MemberRequest.AddMember(ONE), ErrorCode.MEMBER_EXISTS));
    }

    @Test
    void aSnapshotWithoutTheListFires() {
        open(RoleKind.FOLLOWER, 1);
        assertDoesNotThrow(() -> list.restored(member, 1));
        lists(new MemberRequest.AddMember(ONE), ONE);
        assertDoesNotThrow(() -> list.restored(member, 0), "it was added later");
        fires(() -> list.restored(member, 1));
    }
}
