package dev.whitewater.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is a member, and who was: replicated, with etcd's rules ({@code membership/cluster.go}). */
final class Members {

    /** As many as etcd allows by default. */
    private static final int LEARNERS_MOST = 1;

    private final NavigableMap<Long, Member> members = new TreeMap<>(Long::compareUnsigned);
    private final NavigableSet<Long> removed = new TreeSet<>(Long::compareUnsigned);
    private long hash;

    List<Member> list() {
        return List.copyOf(members.values());
    }

    /** Ids that were members and never will be again. */
    List<Long> removed() {
        return List.copyOf(removed);
    }

    long hash() {
        return hash;
    }

    Response apply(MemberRequest request, long revision) {
        Optional<ErrorCode> refusal =
                switch (request) {
                    case MemberRequest.AddMember add -> add(add.member());
                    case MemberRequest.RemoveMember remove -> remove(remove.id());
                    case MemberRequest.PromoteMember promote -> promote(promote.id());
                    case MemberRequest.UpdateMember update ->
                            update(update.id(), update.peerUrls());
                    case MemberRequest.PublishMember publish -> publish(publish);
                    case MemberRequest.ListMembers list -> Optional.empty();
                };
        return refusal.isPresent()
                ? Rejected.because(refusal.get())
                : new MembersResponse(revision, list());
    }

    /** Puts back one who was removed. */
    void restoreRemoved(long id) {
        if (removed.add(id)) {
            hash += removedFact(id);
        }
    }

    Optional<ErrorCode> add(Member member) {
        if (removed.contains(member.id())) {
            return Optional.of(ErrorCode.MEMBER_NOT_FOUND);
        }
        if (members.containsKey(member.id())) {
            return Optional.of(ErrorCode.MEMBER_EXISTS);
        }
        if (anyHasUrl(member.id(), member.peerUrls())) {
            return Optional.of(ErrorCode.PEER_URL_EXISTS);
        }
        long learners = members.values().stream().filter(Member::isLearner).count();
        if (member.isLearner() && learners >= LEARNERS_MOST) {
            return Optional.of(ErrorCode.TOO_MANY_LEARNERS);
        }
        return set(member);
    }

    private Optional<ErrorCode> remove(long id) {
        Member member = members.remove(id);
        if (member == null) {
            return Optional.of(ErrorCode.MEMBER_NOT_FOUND);
        }
        hash -= member.fact();
        restoreRemoved(id);
        return Optional.empty();
    }

    private Optional<ErrorCode> promote(long id) {
        Member member = members.get(id);
        if (member == null) {
            return Optional.of(ErrorCode.MEMBER_NOT_FOUND);
        }
        return member.isLearner()
                ? set(member.promoted())
                : Optional.of(ErrorCode.MEMBER_NOT_LEARNER);
    }

    /** What it may vote on is kept: an update once made voters of learners (etcd issue 21694). */
    private Optional<ErrorCode> update(long id, List<String> urls) {
        Member member = members.get(id);
        if (member == null) {
            return Optional.of(ErrorCode.MEMBER_NOT_FOUND);
        }
        return anyHasUrl(id, urls)
                ? Optional.of(ErrorCode.PEER_URL_EXISTS)
                : set(member.withPeerUrls(urls));
    }

    private Optional<ErrorCode> publish(MemberRequest.PublishMember request) {
        Member member = members.get(request.id());
        return member == null
                ? Optional.of(ErrorCode.MEMBER_NOT_FOUND)
                : set(member.published(request.name(), request.clientUrls()));
    }

    private boolean anyHasUrl(long id, List<String> urls) {
        return members.values().stream()
                .filter(member -> member.id() != id)
                .anyMatch(member -> member.peerUrls().stream().anyMatch(urls::contains));
    }

    private Optional<ErrorCode> set(Member member) {
        Member before = members.put(member.id(), member);
        hash += member.fact() - (before == null ? 0 : before.fact());
        return Optional.empty();
    }

    private static long removedFact(long id) {
        return StateHash.fold(8, id);
    }
}
