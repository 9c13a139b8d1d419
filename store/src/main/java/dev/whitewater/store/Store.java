package dev.whitewater.store;

import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.MemoryBackend;
import dev.whitewater.store.kv.Mvcc;
import dev.whitewater.store.lease.Leases;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The replicated state machine: a function of the commands applied so far and of nothing else.
 *
 * <p>Not safe for threads; one owner drives it. Invariants: {@code revision} rises by one with
 * every command that changes a key and never falls; {@code appliedIndex} rises by one with every
 * entry, refused ones included.
 */
public final class Store {
    private final RequestRules rules;
    private final Mvcc mvcc;
    private final Leases leases = new Leases();
    private final Alarms alarms = new Alarms();
    private final RangeReader ranges;
    private final Executor executor;
    private long appliedIndex;

    public Store() {
        this(Limits.DEFAULT);
    }

    /** An empty store; {@code limits} must be the same on all members. */
    public Store(Limits limits) {
        this(limits, new MemoryBackend());
    }

    Store(Limits limits, Backend backend) {
        rules = new RequestRules(limits);
        mvcc = new Mvcc(backend);
        ranges = new RangeReader(mvcc);
        executor = new Executor(mvcc, leases, ranges);
    }

    /** Applies the command of the log entry at {@code index}, the next one. */
    public Response apply(long index, Request request) {
        skip(index);
        Optional<ErrorCode> refusal = refusal(request);
        if (refusal.isPresent()) {
            return Rejected.because(refusal.get());
        }
        return switch (request) {
            case Operation operation -> executor.run(operation);
            case LeaseRequest lease -> apply(lease);
            case MaintenanceRequest maintenance -> apply(maintenance);
        };
    }

    /** Passes over an entry that carries no command. */
    public void skip(long index) {
        if (index != appliedIndex + 1) {
            throw new BrokenInvariant(
                    "apply-in-order", "expected index " + (appliedIndex + 1) + ", got " + index);
        }
        appliedIndex = index;
    }

    /** Reads the state as it is now; the log isn't involved. */
    public Response read(Range range) {
        Optional<ErrorCode> refusal = refusal(range);
        return refusal.isPresent()
                ? Rejected.because(refusal.get())
                : ranges.read(range, mvcc.revision());
    }

    /** The revision of the last command that changed a key; 1 before the first. */
    public long revision() {
        return mvcc.revision();
    }

    /** Reads before this revision are refused; -1 if there was no compaction. */
    public long compactRevision() {
        return mvcc.compactRevision();
    }

    public long appliedIndex() {
        return appliedIndex;
    }

    public List<Alarm> alarms() {
        return alarms.list();
    }

    /**
     * The whole replicated state, for {@link #restored}; all at once, where {@link Checkpoints} go
     * in slices.
     */
    public byte[] snapshot() {
        RequestWriter out = new RequestWriter();
        new SnapshotWriter(this).write(out, Integer.MAX_VALUE / 2);
        return out.toByteArray();
    }

    /**
     * A store in the state that {@link #snapshot} wrote, wherever that was.
     *
     * @throws MalformedSnapshot if the bytes aren't that, or not all of it
     */
    public static Store restored(Limits limits, byte[] snapshot) {
        Store store = new Store(limits);
        RequestReader in = new RequestReader(snapshot, MalformedSnapshot::new);
        SnapshotReader reader = new SnapshotReader(in, store);
        boolean more = true;
        while (more) {
            more = reader.read(Integer.MAX_VALUE);
        }
        return store;
    }

    /** Watches on this store; the host keeps them when a snapshot replaces the store. */
    public Watches watches(WatchLimits limits) {
        return new Watches(mvcc, limits);
    }

    /** The leader's view of when leases end. */
    public LeaseTimers leaseTimers() {
        return new LeaseTimers(leases);
    }

    /** The ids of all leases, ascending. */
    public List<Long> leaseIds() {
        return leases.ids();
    }

    /** The time a lease was granted; empty if there is no such lease. */
    public OptionalLong leaseSeconds(long id) {
        return leases.contains(id) ? OptionalLong.of(leases.ttlSeconds(id)) : OptionalLong.empty();
    }

    /** The keys that die with a lease, in order; none if there is no such lease. */
    public List<Bytes> leaseKeys(long id) {
        return leases.contains(id) ? leases.keys(id) : List.of();
    }

    Mvcc mvcc() {
        return mvcc;
    }

    Leases leases() {
        return leases;
    }

    Alarms alarmSet() {
        return alarms;
    }

    /** The next version of a state that is being restored. */
    void load(KeyValue kv, int sub) {
        mvcc.load(kv, sub);
        // Leases of older versions may be gone; if the one of the last is, the hash will tell.
        leases.attach(kv.key(), leases.contains(kv.lease()) ? kv.lease() : 0);
    }

    void restoreIndex(long index) {
        appliedIndex = index;
    }

    /**
     * Over all that is replicated: equal for two stores that applied the same entries, however far
     * each has come with removing what was compacted. O(1).
     */
    public long hash() {
        long hash = StateHash.fold(mvcc.hash(), mvcc.revision());
        hash = StateHash.fold(hash, mvcc.compactRevision());
        hash = StateHash.fold(hash, leases.hash());
        hash = StateHash.fold(hash, alarms.hash());
        return StateHash.fold(hash, appliedIndex);
    }

    /**
     * Does a bounded piece of the work that can wait, which is removing compacted versions; true if
     * more can be done at once, which isn't so while a checkpoint is being written. When it is done
     * changes nothing that can be observed but the room taken.
     */
    public boolean removeCompacted(int versionsMost) {
        return mvcc.removeSlice(versionsMost);
    }

    /** About how many bytes all versions take, those included that wait to be removed. */
    public long bytes() {
        return mvcc.backend().bytes();
    }

    private Optional<ErrorCode> refusal(Request request) {
        if (alarms.forbids(request)) {
            return Optional.of(alarms.reason());
        }
        return rules.check(request);
    }

    private Response apply(LeaseRequest request) {
        return switch (request) {
            case LeaseRequest.Grant grant -> {
                if (leases.contains(grant.id())) {
                    yield Rejected.because(ErrorCode.LEASE_EXISTS);
                }
                leases.grant(grant.id(), grant.ttlSeconds(), 0);
                yield new LeaseResponse.Granted(revision(), grant.id(), grant.ttlSeconds());
            }
            case LeaseRequest.Revoke revoke -> {
                if (!leases.contains(revoke.id())) {
                    yield Rejected.because(ErrorCode.LEASE_NOT_FOUND);
                }
                executor.revoke(revoke.id());
                yield new LeaseResponse.Revoked(revision());
            }
            case LeaseRequest.Checkpoint checkpoint -> {
                for (LeaseRequest.Remaining lease : checkpoint.leases()) {
                    leases.checkpoint(lease.id(), lease.seconds());
                }
                yield new LeaseResponse.Checkpointed(revision());
            }
        };
    }

    private Response apply(MaintenanceRequest request) {
        return switch (request) {
            case MaintenanceRequest.Compact compact -> {
                if (compact.revision() <= mvcc.compactRevision()) {
                    yield Rejected.because(ErrorCode.COMPACTED);
                }
                if (compact.revision() > mvcc.revision()) {
                    yield Rejected.because(ErrorCode.FUTURE_REVISION);
                }
                mvcc.compact(compact.revision());
                yield new MaintenanceResponse.Compacted(revision());
            }
            case MaintenanceRequest.RaiseAlarm raise -> {
                alarms.raise(raise.alarm());
                yield new MaintenanceResponse.Alarms(revision(), List.of(raise.alarm()));
            }
            case MaintenanceRequest.ClearAlarm clear ->
                    new MaintenanceResponse.Alarms(
                            revision(),
                            alarms.clear(clear.alarm()) ? List.of(clear.alarm()) : List.of());
        };
    }
}
