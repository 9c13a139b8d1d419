package dev.whitewater.server.api;

import dev.whitewater.store.Member;
import dev.whitewater.store.Store;

import java.util.List;

/** Who belongs to the cluster, and where they are reached. */
@FunctionalInterface
public interface Roster {

    /** By id; a name and client URLs are empty until that member started once. */
    List<Member> members(Store store);
}
