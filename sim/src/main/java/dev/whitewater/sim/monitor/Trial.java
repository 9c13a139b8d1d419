package dev.whitewater.sim.monitor;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request, carried out on the keys as they stood at a revision: what it would write, and
 * whether an answer is the one it should get.
 */
final class Trial {

    private final Truth truth;
    private final long base;

    /** What it writes, in order, at the revision after {@code base}. */
    private final Map<Bytes, Version> written = new LinkedHashMap<>();

    private String why = "";

    Trial(Truth truth, long base) {
        this.truth = truth;
        this.base = base;
    }

    Collection<Version> written() {
        return written.values();
    }

    /** What the answer should have said, after {@link #agrees} said no. */
    String why() {
        return why;
    }

    /** Carries the operation out; whether {@code told} is what it should answer. */
    boolean agrees(Operation operation, Response told) {
        return switch (operation) {
            case Put put -> put(put, told);
            case Range range -> range(range, told);
            case DeleteRange delete -> delete(delete, told);
            case Txn txn -> txn(txn, told);
        };
    }

    private boolean no(String expected) {
        why = expected;
        return false;
    }

    private Version now(Bytes key) {
        Version mine = written.isEmpty() ? null : written.get(key);
        return mine == null ? truth.at(key, base) : mine;
    }

    private TreeMap<Bytes, Version> now(KeyRange keys) {
        TreeMap<Bytes, Version> found = truth.range(keys, base);
        for (Version version : written.values()) {
            if (version.isThere() && keys.contains(version.key)) {
                found.put(version.key, version);
            } else {
                found.remove(version.key);
            }
        }
        return found;
    }

    private boolean put(Put put, Response told) {
        Version old = now(put.key());
        long hash = put.ignoreValue() ? old.valueHash : Version.hash(put.value());
        long lease = put.ignoreLease() ? old.lease : put.lease();
        written.put(put.key(), old.put(put.key(), base + 1, lease, hash));
        if (!(told instanceof PutResponse response)) {
            return no("it is a put");
        }
        return !put.previous() || same(List.of(old), response.previous());
    }

    void delete(Version version) {
        written.put(version.key, version.deleted(base + 1));
    }

    private boolean delete(DeleteRange delete, Response told) {
        TreeMap<Bytes, Version> gone = now(delete.keys());
        gone.values().forEach(this::delete);
        if (!(told instanceof DeleteRangeResponse response)) {
            return no("it is a deletion");
        }
        if (response.deleted() != gone.size()) {
            return no("there were " + gone.size() + " keys to delete: " + gone.values());
        }
        return !delete.previous() || same(gone.values(), response.previous());
    }

    private boolean range(Range range, Response told) {
        if (!(told instanceof RangeResponse response)) {
            return no("it is a range");
        }
        boolean plain =
                range.sort().equals(Range.Sort.BY_KEY) && range.filter().equals(Range.Filter.NONE);
        if (!plain) {
            return true;
        }
        Collection<Version> all = all(range);
        if (response.count() != all.size()) {
            return no("the range holds " + all);
        }
        if (range.content() == Range.Content.COUNT_ONLY) {
            return response.kvs().isEmpty() || no("only the count was asked for");
        }
        boolean more = range.limit() > 0 && all.size() > range.limit();
        List<Version> expected = new ArrayList<>(all);
        if (more) {
            expected = expected.subList(0, (int) range.limit());
        }
        if (response.more() != more) {
            return no("the range holds " + all);
        }
        return range.content() == Range.Content.KEYS_ONLY
                ? sameKeys(expected, response.kvs())
                : same(expected, response.kvs());
    }

    private Collection<Version> all(Range range) {
        if (range.revision() > 0) {
            return truth.range(range.keys(), range.revision()).values();
        }
        if (range.keys().isSingle()) {
            Version only = now(range.keys().start());
            return only.isThere() ? List.of(only) : List.of();
        }
        return now(range.keys()).values();
    }

    private boolean same(Collection<Version> expected, List<KeyValue> told) {
        int i = 0;
        int there = 0;
        for (Version version : expected) {
            if (version.isThere()) {
                there++;
                if (i >= told.size() || !version.is(told.get(i++))) {
                    return no("there was " + version);
                }
            }
        }
        return there == told.size() || no("there was no more than " + expected);
    }

    private boolean sameKeys(List<Version> expected, List<KeyValue> told) {
        for (int i = 0; i < Math.min(expected.size(), told.size()); i++) {
            if (!expected.get(i).isBut(told.get(i))) {
                return no("there was " + expected.get(i));
            }
        }
        return expected.size() == told.size() || no("there was " + expected);
    }

    private boolean txn(Txn txn, Response told) {
        if (!(told instanceof TxnResponse response)) {
            return no("it is a transaction");
        }
        boolean succeeds = true;
        for (Compare compare : txn.compares()) {
            succeeds &= holds(compare);
        }
        if (succeeds != response.succeeded()) {
            return no("its conditions are " + (succeeds ? "all" : "not all") + " fulfilled");
        }
        List<Operation> steps = succeeds ? txn.success() : txn.failure();
        if (steps.size() != response.responses().size()) {
            return no("it has " + steps.size() + " operations");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (!agrees(steps.get(i), response.responses().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Judged on the state before the transaction, also where transactions are nested. */
    private boolean holds(Compare compare) {
        TreeMap<Bytes, Version> found = truth.range(compare.keys(), base);
        if (found.isEmpty()) {
            return holds(compare, Version.NONE);
        }
        boolean all = true;
        for (Version version : found.values()) {
            all &= holds(compare, version);
        }
        return all;
    }

    private static boolean holds(Compare compare, Version version) {
        Compare.Relation relation = compare.relation();
        return switch (compare.operand()) {
            case Compare.Operand.Version it -> relates(relation, version.version, it.version());
            case Compare.Operand.CreateRevision it ->
                    relates(relation, version.create, it.revision());
            case Compare.Operand.ModRevision it ->
                    relates(relation, version.isThere() ? version.mod : 0, it.revision());
            case Compare.Operand.Lease it -> relates(relation, version.lease, it.lease());
            case Compare.Operand.Value it -> holds(relation, version, Version.hash(it.value()));
        };
    }

    private static boolean holds(Compare.Relation relation, Version version, long hash) {
        if (!version.isThere()) {
            return false;
        }
        return switch (relation) {
            case EQUAL -> version.valueHash == hash;
            case NOT_EQUAL -> version.valueHash != hash;
            case GREATER, LESS ->
                    throw new IllegalStateException("no client compares the order of values");
        };
    }

    private static boolean relates(Compare.Relation relation, long found, long operand) {
        return switch (relation) {
            case EQUAL -> found == operand;
            case NOT_EQUAL -> found != operand;
            case GREATER -> found > operand;
            case LESS -> found < operand;
        };
    }
}
