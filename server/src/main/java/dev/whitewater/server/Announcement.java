package dev.whitewater.server;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.Reply;
import dev.whitewater.server.crank.Crank;
import dev.whitewater.server.log.Log;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Member;
import dev.whitewater.store.MemberRequest;
import dev.whitewater.store.Rejected;

import java.util.List;

/**
 * What a member tells the cluster of itself at its start, through the log: its name and where
 * clients reach it (etcd's {@code publish}). Said again until it stands in the store, and not at
 * all if it stands there already. Used by the state-machine thread only.
 */
final class Announcement {

    /**
     * Between two attempts. The first is not waited for: while members find each other it may be
     * lost on its way to the leader, and to say it twice changes nothing.
     */
    private static final long PAUSE_NANOS = 500_000_000;

    private final Member self;
    private final Crank crank;
    private final Log log;
    private boolean over;
    private long notBefore;

    Announcement(Member self, Crank crank, Log log) {
        this.self = self;
        this.crank = crank;
        this.log = log;
    }

    /**
     * Whether it has been said, as far as it ever will be; says it if need be. Called after the
     * member's turns while it knows a leader.
     */
    boolean stands(NodeView member, long now) {
        if (over || now < notBefore) {
            return over;
        }
        List<Member> known =
                member.store().memberList().stream().filter(it -> it.id() == self.id()).toList();
        if (known.isEmpty()) {
            say(new MemberRequest.AddMember(self), now);
        } else if (saysAll(known.getFirst())) {
            over = true;
            log.info("published local member to cluster through raft", "name", self.name());
        } else {
            say(new MemberRequest.PublishMember(self.id(), self.name(), self.clientUrls()), now);
        }
        return over;
    }

    private boolean saysAll(Member known) {
        return known.name().equals(self.name()) && known.clientUrls().equals(self.clientUrls());
    }

    private void say(MemberRequest request, long now) {
        notBefore = now + PAUSE_NANOS;
        crank.request(
                new ClientRequest.Write(Attributed.member(request), ClientRequest.Manner.FORWARDED),
                (reply, _) -> heard(reply));
    }

    /**
     * Only a rejection is final. After anything else the store tells, also after an attempt whose
     * answer was lost and whose repetition finds it done.
     */
    private void heard(Reply reply) {
        if (reply instanceof Reply.Answered answered
                && answered.response() instanceof Rejected rejected
                && rejected.code() != ErrorCode.MEMBER_EXISTS) {
            over = true;
            log.warn("the cluster refuses this member's name", "error", rejected.code().text());
        }
    }
}
