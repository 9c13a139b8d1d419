package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Command;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

/**
 * The ghost state {@code model}: the committed log, applied once and in order, with the hash of the
 * state after each index.
 */
final class ReferenceModel {
    /** Compacted versions that are let go of with each entry: more than an entry usually makes. */
    private static final int REMOVED_PER_ENTRY = 32;

    private final CommittedLog committed;
    private final EntryBook book;
    private final Store store = new Store();
    private final Truth truth = new Truth();
    private final MemberList members = new MemberList();
    private final LeasePromises leases;
    private final Access access;
    private final LongList hashes = new LongList();
    private long applied;
    private boolean compacting;

    ReferenceModel(CommittedLog committed, EntryBook book, LeasePromises leases, Access access) {
        this.leases = leases;
        this.access = access;
        this.committed = committed;
        this.book = book;
        hashes.set(0, store.hash());
    }

    void advanceTo(long index) {
        while (applied < index) {
            long next = applied + 1;
            long term = committed.termAt(next);
            if (next > committed.last() || !book.has(next, term)) {
                throw new Finding(
                        "M7",
                        "committed on quorum",
                        "entry " + term + "/" + next + " is applied but durable nowhere");
            }
            apply(book.page(next, term).entry());
            if (compacting) {
                compacting = store.removeCompacted(REMOVED_PER_ENTRY);
            }
            applied = next;
            hashes.set(next, store.hash());
        }
    }

    private void apply(Entry entry) {
        if (entry.kind() == EntryKind.COMMAND) {
            Command command = Command.decode(entry.data());
            Request request = command.request();
            Response response = store.apply(entry.index(), request);
            compacting |= Attributed.strip(request) instanceof MaintenanceRequest.Compact;
            access.applied(entry.index(), request, response, store.authRevision());
            truth.apply(entry.index(), request, response);
            members.applied(entry.index(), request, response);
            boolean own = command.requestId() == 0;
            int proposer = (int) command.proposer().value();
            leases.applied(
                    new LeasePromises.By(proposer, entry.index(), entry.term(), own),
                    request,
                    response);
            if (truth.revision() != store.revision()) {
                throw new Finding(
                        "M21",
                        "revisions",
                        "after entry "
                                + entry.index()
                                + " the store is at revision "
                                + store.revision()
                                + ", but the commands so far make "
                                + truth.revision());
            }
        } else {
            store.skip(entry.index());
        }
    }

    private static Request request(Entry entry) {
        return Command.decode(entry.data()).request();
    }

    /** The command that made a revision. */
    Request maker(long revision) {
        long index = truth.maker(revision);
        return request(book.page(index, committed.termAt(index)).entry());
    }

    /** How often users and roles changed. */
    long authRevision() {
        return store.authRevision();
    }

    /** What its commands mean, by another reading than the store's. */
    Truth truth() {
        return truth;
    }

    /** Whom clients are told to belong to the cluster. */
    MemberList members() {
        return members;
    }

    /** The hash of the state after {@code index}, up to which it was advanced. */
    long hashAt(long index) {
        return hashes.get(index);
    }
}
