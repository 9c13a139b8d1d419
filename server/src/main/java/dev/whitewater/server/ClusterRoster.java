package dev.whitewater.server;

import dev.whitewater.server.api.Roster;
import dev.whitewater.store.Member;
import dev.whitewater.store.Store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members as the log tells of them. One of the initial cluster that never started has told
 * nothing yet: of it only the address that all were started with is known.
 */
final class ClusterRoster implements Roster {

    private final InitialCluster initial;

    ClusterRoster(InitialCluster initial) {
        this.initial = initial;
    }

    @Override
    public List<Member> members(Store store) {
        Map<Long, Member> members = new TreeMap<>(Long::compareUnsigned);
        initial.members().keySet().forEach(name -> members.put(id(name), unheard(name)));
        store.memberList().forEach(member -> members.put(member.id(), member));
        return List.copyOf(members.values());
    }

    private long id(String name) {
        return initial.id(name).value();
    }

    private Member unheard(String name) {
        return Member.added(id(name), initial.peerUrls(name), false);
    }
}
