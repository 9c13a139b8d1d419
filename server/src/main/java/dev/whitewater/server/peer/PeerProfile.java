package dev.whitewater.server.peer;

import java.util.List;

/** What a member tells of itself when it connects: its name and where its clients reach it. */
public record PeerProfile(String name, List<String> clientUrls) {
    public PeerProfile {
        clientUrls = List.copyOf(clientUrls);
    }
}
