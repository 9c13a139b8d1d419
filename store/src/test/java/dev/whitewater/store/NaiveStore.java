package dev.whitewater.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The state machine once more, as plainly as can be: a list of all writes that is replayed for
 * every question. Knows only the keys in {@link #KEYS}, so that key sets are real sets.
 */
final class NaiveStore {
    static final List<Bytes> KEYS =
            List.of("a", "aa", "ab", "b", "ba", "c", "d").stream().map(Bytes::utf8).toList();

    private final List<KeyValue> log = new ArrayList<>();
    private final TreeMap<Long, Long> leases = new TreeMap<>();
    private long revision = 1;
    private long compacted = -1;

    /** The revision that the running command writes at. */
    private long writing;

    Response apply(Request request) {
        Optional<ErrorCode> refusal = refusal(request);
        if (refusal.isPresent()) {
            return Rejected.because(refusal.get());
        }
        writing = revision + 1;
        return switch (request) {
            case Operation operation -> {
                Response response = run(operation, stateAt(revision));
                revision = now();
                yield response;
            }
            case LeaseRequest.Grant grant -> {
                leases.put(grant.id(), grant.ttlSeconds());
                yield new LeaseResponse.Granted(revision, grant.id(), grant.ttlSeconds());
            }
            case LeaseRequest.Revoke revoke -> {
                for (KeyValue kv : stateAt(revision).values()) {
                    if (kv.lease() == revoke.id()) {
                        log.add(KeyValue.tombstone(kv.key(), writing));
                    }
                }
                leases.remove(revoke.id());
                revision = now();
                yield new LeaseResponse.Revoked(revision);
            }
            case MaintenanceRequest.Compact compact -> {
                compacted = compact.revision();
                yield new MaintenanceResponse.Compacted(revision);
            }
            default -> throw new AssertionError("the model doesn't know " + request);
        };
    }

    Response read(Range range) {
        return range(range, revision);
    }

    /** Every write since the last compaction, as a watch would tell. */
    List<KeyValue> since(long from) {
        return log.stream().filter(kv -> kv.modRevision() >= from).toList();
    }

    long revision() {
        return revision;
    }

    /** The leases that keys hang on. */
    Map<Bytes, Long> attached() {
        Map<Bytes, Long> attached = new TreeMap<>();
        for (KeyValue kv : stateAt(revision).values()) {
            if (kv.lease() != 0) {
                attached.put(kv.key(), kv.lease());
            }
        }
        return attached;
    }

    /** Whether an operation makes no sense in any state. */
    static boolean isSenseless(Operation operation) {
        return operation instanceof Txn txn
                && (touches(txn.success()).isEmpty() || touches(txn.failure()).isEmpty());
    }

    private long now() {
        return log.isEmpty() ? revision : Math.max(revision, log.getLast().modRevision());
    }

    private NavigableMap<Bytes, KeyValue> stateAt(long at) {
        NavigableMap<Bytes, KeyValue> state = new TreeMap<>();
        for (KeyValue kv : log) {
            if (kv.modRevision() <= at) {
                state.put(kv.key(), kv);
            }
        }
        state.values().removeIf(KeyValue::isTombstone);
        return state;
    }

    private List<KeyValue> select(KeyRange keys, long at) {
        return stateAt(at).values().stream().filter(kv -> in(keys, kv.key())).toList();
    }

    private static boolean in(KeyRange keys, Bytes key) {
        if (keys.end().isEmpty()) {
            return key.equals(keys.start());
        }
        boolean open = keys.end().equals(Bytes.of(new byte[1]));
        return key.compareTo(keys.start()) >= 0 && (open || key.compareTo(keys.end()) < 0);
    }

    private Response run(Operation operation, Map<Bytes, KeyValue> before) {
        return switch (operation) {
            case Range range -> range(range, now());
            case Put put -> {
                Optional<KeyValue> old = Optional.ofNullable(stateAt(now()).get(put.key()));
                log.add(
                        new KeyValue(
                                put.key(),
                                put.ignoreValue()
                                        ? old.map(KeyValue::value).orElse(Bytes.EMPTY)
                                        : put.value(),
                                old.map(KeyValue::createRevision).orElse(writing),
                                writing,
                                old.map(KeyValue::version).orElse(0L) + 1,
                                put.ignoreLease()
                                        ? old.map(KeyValue::lease).orElse(0L)
                                        : put.lease()));
                yield new PutResponse(writing, put.previous() ? old.stream().toList() : List.of());
            }
            case DeleteRange delete -> {
                List<KeyValue> gone = select(delete.keys(), now());
                gone.forEach(kv -> log.add(KeyValue.tombstone(kv.key(), writing)));
                yield new DeleteRangeResponse(
                        now(), gone.size(), delete.previous() ? gone : List.of());
            }
            case Txn txn -> {
                boolean holds = holds(txn, before);
                List<Response> responses =
                        (holds ? txn.success() : txn.failure())
                                .stream().map(each -> inside(run(each, before))).toList();
                yield new TxnResponse(now(), holds, responses);
            }
        };
    }

    private static Response inside(Response response) {
        return response instanceof TxnResponse txn
                ? new TxnResponse(0, txn.succeeded(), txn.responses())
                : response;
    }

    private static boolean holds(Txn txn, Map<Bytes, KeyValue> state) {
        return txn.compares().stream()
                .allMatch(
                        compare -> {
                            List<KeyValue> found =
                                    state.values().stream()
                                            .filter(kv -> in(compare.keys(), kv.key()))
                                            .toList();
                            return found.isEmpty()
                                    ? compare.holdsFor(
                                            KeyValue.tombstone(compare.keys().start(), 0))
                                    : found.stream().allMatch(compare::holdsFor);
                        });
    }

    private Response range(Range range, long head) {
        long at = range.revision() <= 0 ? head : range.revision();
        if (range.keys().start().isEmpty()) {
            return Rejected.because(ErrorCode.EMPTY_KEY);
        }
        if (at > head) {
            return Rejected.because(ErrorCode.FUTURE_REVISION);
        }
        if (at < compacted) {
            return Rejected.because(ErrorCode.COMPACTED);
        }
        List<KeyValue> all = select(range.keys(), at);
        if (range.content() == Range.Content.COUNT_ONLY) {
            return new RangeResponse(head, List.of(), all.size(), false);
        }
        List<KeyValue> kvs =
                all.stream().filter(range.filter()::admits).sorted(order(range.sort())).toList();
        boolean more = range.limit() > 0 && kvs.size() > range.limit();
        kvs = more ? kvs.subList(0, (int) range.limit()) : kvs;
        if (range.content() == Range.Content.KEYS_ONLY) {
            kvs = kvs.stream().map(KeyValue::withoutValue).toList();
        }
        return new RangeResponse(head, kvs, all.size(), more);
    }

    private static Comparator<KeyValue> order(Range.Sort sort) {
        Comparator<KeyValue> order =
                switch (sort.target()) {
                    case KEY -> Comparator.comparing(KeyValue::key);
                    case VERSION -> Comparator.comparingLong(KeyValue::version);
                    case CREATE_REVISION -> Comparator.comparingLong(KeyValue::createRevision);
                    case MOD_REVISION -> Comparator.comparingLong(KeyValue::modRevision);
                    case VALUE -> Comparator.comparing(KeyValue::value);
                };
        return sort.order() == Range.SortOrder.DESCENDING ? order.reversed() : order;
    }

    private Optional<ErrorCode> refusal(Request request) {
        return switch (request) {
            case Txn txn when isSenseless(txn) -> Optional.of(ErrorCode.DUPLICATE_KEY);
            case Operation operation -> inState(operation, stateAt(revision));
            case LeaseRequest.Grant grant when leases.containsKey(grant.id()) ->
                    Optional.of(ErrorCode.LEASE_EXISTS);
            case LeaseRequest.Revoke revoke when !leases.containsKey(revoke.id()) ->
                    Optional.of(ErrorCode.LEASE_NOT_FOUND);
            case MaintenanceRequest.Compact compact when compact.revision() <= compacted ->
                    Optional.of(ErrorCode.COMPACTED);
            case MaintenanceRequest.Compact compact when compact.revision() > revision ->
                    Optional.of(ErrorCode.FUTURE_REVISION);
            default -> Optional.empty();
        };
    }

    private Optional<ErrorCode> inState(Operation operation, Map<Bytes, KeyValue> state) {
        return switch (operation) {
            case Put put when put.lease() != 0 && !leases.containsKey(put.lease()) ->
                    Optional.of(ErrorCode.LEASE_NOT_FOUND);
            case Put put
                    when (put.ignoreLease() || put.ignoreValue())
                            && !state.containsKey(put.key()) ->
                    Optional.of(ErrorCode.KEY_NOT_FOUND);
            case Range range when range.revision() > revision ->
                    Optional.of(ErrorCode.FUTURE_REVISION);
            case Range range when range.revision() != 0 && range.revision() < compacted ->
                    Optional.of(ErrorCode.COMPACTED);
            case Txn txn -> {
                List<Operation> flat = flat(txn, state);
                yield Stream.concat(
                                flat.stream().filter(Put.class::isInstance),
                                flat.stream().filter(Range.class::isInstance))
                        .map(each -> inState(each, state))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
            default -> Optional.empty();
        };
    }

    private static List<Operation> flat(Operation operation, Map<Bytes, KeyValue> state) {
        return operation instanceof Txn txn
                ? (holds(txn, state) ? txn.success() : txn.failure())
                        .stream().flatMap(each -> flat(each, state).stream()).toList()
                : List.of(operation);
    }

    /** Puts and deletions of one side. */
    private record Touched(Set<Bytes> puts, Set<Bytes> deletions) {}

    /** Empty if a key is touched twice. */
    private static Optional<Touched> touches(List<Operation> side) {
        Touched all = new Touched(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (Operation operation : side) {
            if (operation instanceof DeleteRange delete && !delete.keys().isOpenEnded()) {
                KEYS.stream().filter(k -> in(delete.keys(), k)).forEach(all.deletions::add);
            }
        }
        for (Operation operation : side) {
            if (operation instanceof Txn txn) {
                Optional<Touched> then = touches(txn.success());
                Optional<Touched> otherwise = touches(txn.failure());
                if (then.isEmpty() || otherwise.isEmpty()) {
                    return Optional.empty();
                }
                Set<Bytes> puts = new LinkedHashSet<>(then.get().puts);
                puts.addAll(otherwise.get().puts);
                for (Bytes key : puts) {
                    if (all.deletions.contains(key) || !all.puts.add(key)) {
                        return Optional.empty();
                    }
                }
                all.deletions.addAll(then.get().deletions);
                all.deletions.addAll(otherwise.get().deletions);
            }
        }
        for (Operation operation : side) {
            if (operation instanceof Put put
                    && (all.deletions.contains(put.key()) || !all.puts.add(put.key()))) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }
}
