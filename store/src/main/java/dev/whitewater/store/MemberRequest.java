package dev.whitewater.store;

import java.util.List;

/**
 * A command on the list of members. What it means for who votes is the consensus core's business;
 * this is what clients are told, and the host applies both at the same entry.
 */
public sealed interface MemberRequest extends Request {

    /** Adds a member whose id was never used. */
    record AddMember(Member member) implements MemberRequest {}

    /** Takes a member away for good; its id is never used again. */
    record RemoveMember(long id) implements MemberRequest {}

    /** Makes a learner a voter. */
    record PromoteMember(long id) implements MemberRequest {}

    /** Notes where other members reach it from now on. */
    record UpdateMember(long id, List<String> peerUrls) implements MemberRequest {
        public UpdateMember {
            peerUrls = List.copyOf(peerUrls);
        }
    }

    /** What a member says of itself when it starts. */
    record PublishMember(long id, String name, List<String> clientUrls) implements MemberRequest {
        public PublishMember {
            clientUrls = List.copyOf(clientUrls);
        }
    }

    /** Answers who is a member. */
    record ListMembers() implements MemberRequest {}
}
