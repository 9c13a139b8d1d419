package dev.whitewater.sim.monitor;

import dev.whitewater.store.Alarm;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the committed log means, by the plainest reading of etcd's documentation: all versions of
 * all keys, and who is attached to which lease by looking at every key. It shares no code with the
 * store, so a mistake that all members make alike is seen here.
 *
 * <p>It takes the store's word for which commands are refused, but for want of space: whether
 * rightly, is judged by the checker and by M34.
 */
final class Truth {

    /** The revision of an empty store (etcd's). */
    private static final long FIRST_REVISION = 1;

    private final TreeMap<Bytes, Version> latest = new TreeMap<>();
    private final List<Version> changes = new ArrayList<>();

    /** By revision: how many changes there were before it. */
    private final LongList before = new LongList();

    /** By revision: the entry whose command made it. */
    private final LongList makers = new LongList();

    private long revision = FIRST_REVISION;
    private long compacted = -1;

    private final TreeSet<Alarm> outOfRoom = new TreeSet<>();

    long revision() {
        return revision;
    }

    /** What was superseded before this revision may be gone; -1: nothing may. */
    long compacted() {
        return compacted;
    }

    /** The key as it stood at a revision; {@link Version#NONE} or a deletion if it wasn't there. */
    Version at(Bytes key, long at) {
        return back(latest.getOrDefault(key, Version.NONE), at);
    }

    private static Version back(Version version, long at) {
        Version found = version;
        while (found.mod > at) {
            found = found.previous;
        }
        return found;
    }

    /** The keys in a range that were there at a revision, in order. */
    TreeMap<Bytes, Version> range(KeyRange keys, long at) {
        TreeMap<Bytes, Version> found = new TreeMap<>();
        if (keys.isSingle()) {
            add(found, at(keys.start(), at));
        } else {
            for (Version version : candidates(keys)) {
                add(found, back(version, at));
            }
        }
        return found;
    }

    private static void add(TreeMap<Bytes, Version> found, Version version) {
        if (version.isThere()) {
            found.put(version.key, version);
        }
    }

    private Collection<Version> candidates(KeyRange keys) {
        if (keys.isOpenEnded()) {
            return latest.tailMap(keys.start()).values();
        }
        return keys.start().compareTo(keys.end()) < 0
                ? latest.subMap(keys.start(), keys.end()).values()
                : List.of();
    }

    /** The changes that a revision made, in their order within it. */
    List<Version> changesOf(long at) {
        return changes.subList(place(at), place(at + 1));
    }

    /** How many changes were made before a revision. */
    int place(long at) {
        return at > revision ? changes.size() : (int) before.get(Math.max(0, at));
    }

    Version change(int place) {
        return changes.get(place);
    }

    /** Takes in a committed command, and what a store by itself answered to it. */
    void apply(long index, Request attributed, Response response) {
        room(index, Attributed.strip(attributed), response);
        if (response instanceof Rejected) {
            return;
        }
        Trial trial = new Trial(this, revision);
        switch (Attributed.strip(attributed)) {
            case Operation operation -> {
                if (!trial.agrees(operation, response)) {
                    throw new Finding(
                            "M17",
                            "strict serializability",
                            "the command at "
                                    + index
                                    + " ("
                                    + operation
                                    + ") is answered with "
                                    + response
                                    + ", but "
                                    + trial.why());
                }
            }
            case LeaseRequest.Revoke revoke -> endLease(revoke.id(), trial);
            case MaintenanceRequest.Compact compact -> compacted = compact.revision();
            case MaintenanceRequest.RaiseAlarm raise -> outOfRoom.add(raise.alarm());
            case MaintenanceRequest.ClearAlarm clear -> outOfRoom.remove(clear.alarm());
            default -> {
                // Nothing else changes keys.
            }
        }
        take(index, trial.written());
    }

    /** What takes room is refused for that reason while an alarm stands, and only then. */
    private void room(long index, Request request, Response response) {
        boolean refused =
                response instanceof Rejected rejected && rejected.code() == ErrorCode.NO_SPACE;
        boolean taken = !(response instanceof Rejected) && takesRoom(request);
        if (outOfRoom.isEmpty() ? refused : taken) {
            String what = "the command at " + index + " (" + request + ") is answered with ";
            throw new Finding(
                    "M17",
                    "strict serializability",
                    what + response + " while the alarms for want of space are " + outOfRoom);
        }
    }

    private static boolean takesRoom(Request request) {
        return switch (request) {
            case Put _, LeaseRequest.Grant _ -> true;
            case Txn txn ->
                    txn.success().stream().anyMatch(Truth::takesRoom)
                            || txn.failure().stream().anyMatch(Truth::takesRoom);
            default -> false;
        };
    }

    private void endLease(long lease, Trial trial) {
        for (Version version : range(KeyRange.ALL, revision).values()) {
            if (version.lease == lease) {
                trial.delete(version);
            }
        }
    }

    /** The index of the entry that made a revision; 0 for the first. */
    long maker(long ofRevision) {
        return makers.get(ofRevision);
    }

    private void take(long index, Collection<Version> written) {
        if (written.isEmpty()) {
            return;
        }
        revision++;
        before.set(revision, changes.size());
        makers.set(revision, index);
        for (Version version : written) {
            latest.put(version.key, version);
            changes.add(version);
        }
    }
}
