package dev.whitewater.sim.monitor;

import dev.whitewater.store.Attributed;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Member;
import dev.whitewater.store.MemberRequest;
import dev.whitewater.store.MembersResponse;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whom clients are told to belong to the cluster, by the plainest reading of etcd's Cluster API:
 * commands on the list are refused or answered as it says, and who comes by its state without
 * applying them, from a snapshot or its disk, has the same list. It shares no code with the store.
 */
final class MemberList {
    /** As many as etcd allows by default. */
    private static final int LEARNERS_MOST = 1;

    private final TreeMap<Long, Member> members = new TreeMap<>();
    private final TreeSet<Long> removed = new TreeSet<>();
    private final List<Version> versions = new ArrayList<>();

    /** The list from the entry {@code index} on. */
    private record Version(long index, List<Member> members) {
        static final Version FIRST = new Version(0, List.of());
    }

    /** Takes in a committed command, and what a store by itself answered to it. */
    void applied(long index, Request attributed, Response response) {
        if (!(Attributed.strip(attributed) instanceof MemberRequest request)) {
            return;
        }
        Optional<ErrorCode> refusal = refusal(request);
        if (refusal.isEmpty()) {
            carryOut(request);
            versions.add(new Version(index, List.copyOf(members.values())));
        }
        boolean right =
                switch (response) {
                    case Rejected rejected -> refusal.equals(Optional.of(rejected.code()));
                    case MembersResponse told ->
                            refusal.isEmpty() && told.members().equals(at(index));
                    default -> false;
                };
        if (!right) {
            String instead = refusal.isPresent() ? "refused as " + refusal.get() : "" + at(index);
            String what = "the command at " + index + " (" + request + ") is answered with ";
            throw broken(what + response + " instead of " + instead);
        }
    }

    private Optional<ErrorCode> refusal(MemberRequest request) {
        return switch (request) {
            case MemberRequest.AddMember(Member member) -> refusalToAdd(member);
            case MemberRequest.RemoveMember(long id) -> refusalToFind(id);
            case MemberRequest.PublishMember publish -> refusalToFind(publish.id());
            case MemberRequest.PromoteMember(long id) ->
                    members.containsKey(id) && !members.get(id).isLearner()
                            ? Optional.of(ErrorCode.MEMBER_NOT_LEARNER)
                            : refusalToFind(id);
            case MemberRequest.UpdateMember(long id, List<String> urls) ->
                    members.containsKey(id) && isTaken(urls, id)
                            ? Optional.of(ErrorCode.PEER_URL_EXISTS)
                            : refusalToFind(id);
            case MemberRequest.ListMembers _ -> Optional.empty();
        };
    }

    private Optional<ErrorCode> refusalToFind(long id) {
        return members.containsKey(id) ? Optional.empty() : Optional.of(ErrorCode.MEMBER_NOT_FOUND);
    }

    private Optional<ErrorCode> refusalToAdd(Member member) {
        if (removed.contains(member.id())) {
            return Optional.of(ErrorCode.MEMBER_NOT_FOUND);
        }
        if (members.containsKey(member.id())) {
            return Optional.of(ErrorCode.MEMBER_EXISTS);
        }
        if (isTaken(member.peerUrls(), member.id())) {
            return Optional.of(ErrorCode.PEER_URL_EXISTS);
        }
        long learners = members.values().stream().filter(Member::isLearner).count();
        return member.isLearner() && learners >= LEARNERS_MOST
                ? Optional.of(ErrorCode.TOO_MANY_LEARNERS)
                : Optional.empty();
    }

    /** Whether another is reached where {@code id} wants to be. */
    private boolean isTaken(List<String> urls, long id) {
        for (Member member : members.values()) {
            for (String url : member.peerUrls()) {
                if (member.id() != id && urls.contains(url)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void carryOut(MemberRequest request) {
        switch (request) {
            case MemberRequest.AddMember(Member member) -> members.put(member.id(), member);
            case MemberRequest.RemoveMember(long id) -> {
                members.remove(id);
                removed.add(id);
            }
            case MemberRequest.PromoteMember(long id) -> {
                Member it = members.get(id);
                put(new Member(id, it.name(), it.peerUrls(), it.clientUrls(), false));
            }
            case MemberRequest.UpdateMember(long id, List<String> urls) -> {
                Member it = members.get(id);
                put(new Member(id, it.name(), urls, it.clientUrls(), it.isLearner()));
            }
            case MemberRequest.PublishMember(long id, String name, List<String> urls) -> {
                Member it = members.get(id);
                put(new Member(id, name, it.peerUrls(), urls, it.isLearner()));
            }
            case MemberRequest.ListMembers _ -> {
                // Changes nothing.
            }
        }
    }

    private void put(Member member) {
        members.put(member.id(), member);
    }

    /** The member has come by the state after {@code index} without applying all entries to it. */
    void restored(MemberState member, long index) {
        List<Member> listed = member.store().memberList();
        if (!listed.equals(at(index))) {
            throw broken(
                    member
                            + " lists "
                            + listed
                            + " after entry "
                            + index
                            + "; the committed log leads to "
                            + at(index));
        }
    }

    private List<Member> at(long index) {
        int last = versions.size() - 1;
        while (last >= 0 && versions.get(last).index() > index) {
            last--;
        }
        return (last < 0 ? Version.FIRST : versions.get(last)).members();
    }

    private static Finding broken(String what) {
        return new Finding("M14", "replica determinism", what);
    }
}
