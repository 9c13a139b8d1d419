package dev.whitewater.server.api;

import java.util.List;

/** Who belongs to the cluster, and where they are reached. */
@FunctionalInterface
public interface Roster {

    /** One member; a name and client URLs are empty until it was heard. */
    record Entry(
            long id,
            String name,
            List<String> peerUrls,
            List<String> clientUrls,
            boolean learner) {}

    List<Entry> members();
}
