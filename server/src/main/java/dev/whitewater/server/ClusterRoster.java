package dev.whitewater.server;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.api.Roster;
import dev.whitewater.server.peer.PeerProfile;
import dev.whitewater.server.peer.PeerTransport;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The members of the initial cluster, with what each told of itself when it connected. */
final class ClusterRoster implements Roster {

    private static final PeerProfile UNHEARD = new PeerProfile("", List.of());

    private final ServerConfig config;
    private final PeerTransport transport;

    ClusterRoster(ServerConfig config, PeerTransport transport) {
        this.config = config;
        this.transport = transport;
    }

    @Override
    public List<Entry> members() {
        Map<NodeId, PeerProfile> profiles = transport.profiles();
        return config.cluster().members().entrySet().stream()
                .map(
                        member -> {
                            NodeId id = config.cluster().id(member.getKey());
                            PeerProfile profile = profiles.getOrDefault(id, UNHEARD);
                            return new Entry(
                                    id.value(),
                                    profile.name(),
                                    member.getValue().stream().map(EtcdUrl::toString).toList(),
                                    profile.clientUrls(),
                                    false);
                        })
                .sorted(Comparator.comparingLong(Entry::id))
                .toList();
    }
}
