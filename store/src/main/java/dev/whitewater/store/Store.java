package dev.whitewater.store;

import dev.whitewater.store.auth.Auth;
import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.MemoryBackend;
import dev.whitewater.store.kv.Mvcc;
import dev.whitewater.store.lease.Leases;
import dev.whitewater.store.port.PasswordHasher;

import java.util.List;
import java.util.Map;
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
    private final Auth auth = new Auth();
    private final AuthDesk authDesk = new AuthDesk(auth);
    private final AccessRules access = new AccessRules(auth, leases);
    private final Members members = new Members();
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

    /** An empty store that keeps its versions in {@code backend}, which is empty. */
    public Store(Limits limits, Backend backend) {
        rules = new RequestRules(limits);
        mvcc = new Mvcc(backend);
        ranges = new RangeReader(mvcc);
        executor = new Executor(mvcc, leases, ranges);
    }

    /** Applies the command of the log entry at {@code index}, the next one. */
    public Response apply(long index, Request request) {
        skip(index);
        return request instanceof Attributed attributed
                ? apply(attributed.caller(), attributed.request())
                : apply(Caller.NOBODY, request);
    }

    private Response apply(Caller caller, Request request) {
        Optional<ErrorCode> refusal = refusal(caller, request);
        if (refusal.isPresent()) {
            return Rejected.because(refusal.get());
        }
        return switch (request) {
            case Attributed nested -> throw new BrokenInvariant("one-caller-a-request", "two");
            case Operation operation -> executor.run(operation);
            case LeaseRequest lease -> apply(lease);
            case MaintenanceRequest maintenance -> apply(maintenance);
            case AuthRequest administration -> authDesk.apply(administration, revision());
            case MemberRequest member -> members.apply(member, revision());
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

    /** Reads the state as it is now, for nobody; the log isn't involved. */
    public Response read(Range range) {
        return read(Caller.NOBODY, range);
    }

    /** Reads the state as it is now; the log isn't involved. */
    public Response read(Caller caller, Range range) {
        Optional<ErrorCode> refusal = refusal(caller, range);
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

    /** Whether permissions are looked at. */
    public boolean isAuthEnabled() {
        return auth.isEnabled();
    }

    /** How often users, roles and permissions changed; goes into tokens. */
    public long authRevision() {
        return auth.revision();
    }

    /** The users that have a password, and what is stored of it. */
    public Map<Bytes, Bytes> passwordHashes() {
        return auth.hashes();
    }

    /** Who is a member, by id. */
    public List<Member> memberList() {
        return members.list();
    }

    /** Why the caller may not be told of these keys, or read them, if so. */
    public Optional<ErrorCode> readRefusal(Caller caller, KeyRange keys) {
        return access.read(caller, keys);
    }

    /**
     * Why a watch that was allowed when it began must end, if so. The host asks again when {@link
     * #authRevision} has changed, before it tells more; a token's age doesn't matter then.
     */
    public Optional<ErrorCode> watchRefusal(Caller caller, KeyRange keys) {
        return access.stillRead(caller, keys);
    }

    /** Why the caller isn't a user with a token that still counts, if so. */
    public Optional<ErrorCode> userRefusal(Caller caller) {
        return access.known(caller);
    }

    /** Why the caller may not do what only root may, if so. */
    public Optional<ErrorCode> adminRefusal(Caller caller) {
        return access.admin(caller);
    }

    /** Why the caller may not be shown the keys of a lease, if so. */
    public Optional<ErrorCode> leaseKeysRefusal(Caller caller, long lease) {
        return access.leaseKeys(caller, lease);
    }

    /**
     * Looks at a password outside of any command, since that is slow on purpose. If it is right the
     * answer is the command to propose, which looks once more whether it still is; else why not.
     */
    public Login login(Bytes user, Bytes password, PasswordHasher hasher) {
        if (!auth.isEnabled()) {
            return new Login.Refused(ErrorCode.AUTH_NOT_ENABLED);
        }
        Bytes stored = auth.hash(user);
        return stored.isEmpty() || !hasher.matches(password, stored)
                ? new Login.Refused(ErrorCode.AUTH_FAILED)
                : new Login.Propose(new AuthRequest.Authenticate(user, stored));
    }

    Mvcc mvcc() {
        return mvcc;
    }

    Leases leases() {
        return leases;
    }

    Auth auth() {
        return auth;
    }

    AccessRules access() {
        return access;
    }

    Members members() {
        return members;
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
        hash = StateHash.fold(hash, auth.hash());
        hash = StateHash.fold(hash, members.hash());
        return StateHash.fold(hash, appliedIndex);
    }

    /**
     * Does a bounded piece of the work that can wait, which is removing compacted versions; true if
     * more remains. While somebody reads all versions in slices (a checkpoint, a hash) nothing is
     * removed. When it is done changes nothing that can be observed but the room taken.
     */
    public boolean removeCompacted(int versionsMost) {
        return mvcc.removeSlice(versionsMost);
    }

    /**
     * Whether somebody reads all versions in slices, so that {@link #removeCompacted} has to wait.
     */
    public boolean isBeingRead() {
        return mvcc.isPinned();
    }

    /** About how many bytes all versions take, those included that wait to be removed. */
    public long bytes() {
        return mvcc.backend().bytes();
    }

    /**
     * First whether the request makes sense, then whether the caller may, and only then whether an
     * alarm forbids it: an alarm must not open what permissions close (etcd pull request 22386).
     */
    private Optional<ErrorCode> refusal(Caller caller, Request request) {
        Optional<ErrorCode> refusal = rules.check(request);
        if (refusal.isEmpty()) {
            refusal = access.check(caller, request);
        }
        return refusal.isEmpty() && alarms.forbids(request)
                ? Optional.of(alarms.reason())
                : refusal;
    }

    /**
     * Gives back what removed versions still take, slice by slice; true if more remains. Changes
     * nothing that can be observed.
     */
    public boolean defragment(int versionsMost) {
        return mvcc.backend().defragment(versionsMost);
    }

    /**
     * Whether a request needs room and more than the quota leaves. If so the host refuses it with
     * {@link ErrorCode#NO_SPACE} and proposes to raise that alarm on its behalf.
     *
     * @param quotaBytes what versions may take here; 0: no bound
     */
    public boolean exceedsQuota(Request request, long quotaBytes) {
        long cost = quotaBytes == 0 ? 0 : Quota.cost(request);
        return cost > 0 && bytes() + cost > quotaBytes;
    }

    /**
     * Begins to hash all keys as of a revision, as etcd does.
     *
     * @param at the revision; 0: now
     */
    public HashKv hashKv(long at) {
        if (at > 0 && at <= mvcc.compactRevision()) {
            return new HashKv.Refused(ErrorCode.COMPACTED);
        }
        if (at > mvcc.revision()) {
            return new HashKv.Refused(ErrorCode.FUTURE_REVISION);
        }
        return new HashKv.Begun(new HashKv.Steps(mvcc.hashKv(at <= 0 ? revision() : at)));
    }

    /**
     * Begins to hash all that is stored (etcd's {@code Maintenance.Hash}): CRC-32C over the head of
     * a snapshot without the applied index (revision, compact revision, alarms, leases, users,
     * roles, members) and then over all versions that can be read, as {@link #hashKv} goes over
     * them. It is read from what is stored, unlike {@link #hash}, which is kept up to date beside
     * it; and like etcd's it says nothing of the log, so it is equal on members with equal content,
     * however far each has come with removing what was compacted.
     */
    public HashKv.Steps contentHash() {
        RequestWriter head = new RequestWriter();
        SnapshotHead.content(head, this);
        return new HashKv.Steps(mvcc.hashWith(head.toByteArray()));
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
