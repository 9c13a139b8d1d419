package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests as the bytes that a log entry carries. The format is fixed for ever by its first byte.
 *
 * <pre>
 * command  = format(1 byte: 1) request
 * request  = tag(1 byte) body
 * number   = 1 to 10 bytes, 7 bits each, lowest first, top bit: more follow (64 bits, unsigned)
 * bytes    = number(length) that many bytes
 * range    = bytes(start) bytes(end)
 *
 * 1 put         = flags(1 previous, 2 ignore value, 4 ignore lease, 8 lease follows)
 *                 bytes(key) bytes(value) [number(lease)]
 * 2 range       = flags(1 revision, 2 limit, 4 sort, 8 filter, 16 keys only, 32 count only) range
 *                 [number] [number] [target(1 byte) order(1 byte)]
 *                 [number min mod, max mod, min create, max create]
 * 3 delete      = flags(1 previous) range
 * 4 transaction = number(n) n*compare number(s) s*request number(f) f*request
 * 5 grant       = number(id) number(ttl seconds)
 * 6 revoke      = number(id)
 * 7 checkpoint  = number(n) n*(number(id) number(seconds))
 * 8 compact     = number(revision)
 * 9 alarm       = number(member) kind(1 byte: 0 no space, 1 corrupt)
 * 10 disarm     = number(member) kind(1 byte)
 * 16 enable, 17 disable, 18 auth status, 26 users, 32 roles, 45 members: nothing follows
 * 19 login, 20 add user, 22 password = bytes(user) bytes(hash)
 * 21 delete user, 25 user = bytes(user)        27 add role, 28 delete role, 31 role = bytes(role)
 * 23 grant role, 24 revoke role = bytes(user) bytes(role)
 * 29 grant      = bytes(role) access(1 byte: 0 read, 1 write, 2 both) range
 * 30 revoke     = bytes(role) range
 * 40 add member = number(id) learner(1 byte) bytes(name) urls(peers) urls(clients)
 * 41 remove, 42 promote member = number(id)    43 update member = number(id) urls(peers)
 * 44 publish    = number(id) bytes(name) urls(clients)
 * 64 attributed = 0 | 1 bytes(user) number(auth revision) | 2 for a member's own, then the request
 * urls          = number(n) n*bytes
 * compare       = target(1 byte: 0 version, 1 create, 2 mod, 3 lease, 4 value)
 *                 relation(1 byte: 0 =, 1 &gt;, 2 &lt;, 3 !=) range, number or bytes(operand)
 * </pre>
 */
public final class RequestCodec {

    static final int FORMAT = 1;

    /** Deeper than anyone nests transactions, and shallow enough for any stack. */
    private static final int DEPTH_MAX = 64;

    private static final int PUT = 1;
    private static final int RANGE = 2;
    private static final int DELETE = 3;
    private static final int TXN = 4;
    private static final int ATTRIBUTED = 64;

    private static final List<Range.SortTarget> TARGETS =
            List.of(
                    Range.SortTarget.KEY,
                    Range.SortTarget.VERSION,
                    Range.SortTarget.CREATE_REVISION,
                    Range.SortTarget.MOD_REVISION,
                    Range.SortTarget.VALUE);
    private static final List<Range.SortOrder> ORDERS =
            List.of(Range.SortOrder.NONE, Range.SortOrder.ASCENDING, Range.SortOrder.DESCENDING);
    private static final List<Range.Content> CONTENTS =
            List.of(
                    Range.Content.KEYS_AND_VALUES,
                    Range.Content.KEYS_ONLY,
                    Range.Content.COUNT_ONLY);
    private static final List<Compare.Relation> RELATIONS =
            List.of(
                    Compare.Relation.EQUAL,
                    Compare.Relation.GREATER,
                    Compare.Relation.LESS,
                    Compare.Relation.NOT_EQUAL);

    private RequestCodec() {}

    public static byte[] encode(Request request) {
        RequestWriter out = new RequestWriter();
        out.octet(FORMAT);
        write(out, request);
        return out.toByteArray();
    }

    /**
     * The request that {@link #encode} made these bytes of.
     *
     * @throws MalformedRequest if these aren't the bytes of exactly one request
     */
    public static Request decode(byte[] bytes) {
        return decode(bytes, 0);
    }

    /** The same, of the bytes from {@code from} on. */
    public static Request decode(byte[] bytes, int from) {
        RequestReader in = new RequestReader(bytes, from, MalformedRequest::new);
        int format = in.octet("format");
        if (format != FORMAT) {
            throw in.malformed("format", Integer.toString(FORMAT), Integer.toString(format));
        }
        Request request = read(in);
        in.end();
        return request;
    }

    private static void write(RequestWriter out, Request request) {
        switch (request) {
            case Operation operation -> operation(out, operation);
            case LeaseRequest lease -> CommandCodec.write(out, lease);
            case MaintenanceRequest maintenance -> CommandCodec.write(out, maintenance);
            case AuthRequest auth -> AdminCodec.write(out, auth);
            case MemberRequest member -> AdminCodec.write(out, member);
            case Attributed attributed -> {
                out.octet(ATTRIBUTED);
                AdminCodec.caller(out, attributed.caller());
                write(out, attributed.request());
            }
        }
    }

    private static Request read(RequestReader in) {
        int tag = in.peek("request");
        if (tag == ATTRIBUTED) {
            in.octet("request");
            Caller caller = AdminCodec.caller(in);
            if (in.peek("request") == ATTRIBUTED) {
                throw in.malformed("request", "one caller", "another");
            }
            return new Attributed(caller, read(in));
        }
        if (tag <= TXN) {
            return operation(in, 0);
        }
        return tag < AdminCodec.FIRST ? CommandCodec.read(in) : AdminCodec.read(in);
    }

    private static void operation(RequestWriter out, Operation operation) {
        switch (operation) {
            case Put put -> put(out, put);
            case Range range -> range(out, range);
            case DeleteRange delete -> {
                out.octet(DELETE);
                out.octet(delete.previous() ? 1 : 0);
                keys(out, delete.keys());
            }
            case Txn txn -> {
                out.octet(TXN);
                out.number(txn.compares().size());
                txn.compares().forEach(compare -> compare(out, compare));
                operations(out, txn.success());
                operations(out, txn.failure());
            }
        }
    }

    private static void operations(RequestWriter out, List<Operation> operations) {
        out.number(operations.size());
        operations.forEach(operation -> operation(out, operation));
    }

    private static Operation operation(RequestReader in, int depth) {
        if (depth > DEPTH_MAX) {
            throw in.malformed("transaction", "at most " + DEPTH_MAX + " levels", "more");
        }
        int tag = in.octet("request");
        return switch (tag) {
            case PUT -> put(in);
            case RANGE -> range(in);
            case DELETE -> {
                boolean previous = in.flags("delete flags", 1) == 1;
                yield new DeleteRange(keys(in), previous);
            }
            case TXN -> {
                int count = in.count("compares");
                List<Compare> compares = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    compares.add(compare(in));
                }
                List<Operation> success = operations(in, depth + 1);
                yield new Txn(compares, success, operations(in, depth + 1));
            }
            default -> throw in.malformed("request", "a known tag", Integer.toString(tag));
        };
    }

    private static List<Operation> operations(RequestReader in, int depth) {
        int count = in.count("operations");
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(operation(in, depth));
        }
        return operations;
    }

    private static void put(RequestWriter out, Put put) {
        out.octet(PUT);
        out.octet(
                (put.previous() ? 1 : 0)
                        | (put.ignoreValue() ? 2 : 0)
                        | (put.ignoreLease() ? 4 : 0)
                        | (put.lease() != 0 ? 8 : 0));
        out.bytes(put.key());
        out.bytes(put.value());
        if (put.lease() != 0) {
            out.number(put.lease());
        }
    }

    private static Put put(RequestReader in) {
        int flags = in.flags("put flags", 15);
        Bytes key = in.bytes("key");
        Bytes value = in.bytes("value");
        long lease = (flags & 8) != 0 ? in.number("lease") : 0;
        return new Put(key, value, lease, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
    }

    private static void range(RequestWriter out, Range range) {
        Range.Filter filter = range.filter();
        boolean sorted = !range.sort().equals(Range.Sort.BY_KEY);
        boolean filtered = !filter.equals(Range.Filter.NONE);
        out.octet(RANGE);
        out.octet(
                (range.revision() != 0 ? 1 : 0)
                        | (range.limit() != 0 ? 2 : 0)
                        | (sorted ? 4 : 0)
                        | (filtered ? 8 : 0)
                        | (CONTENTS.indexOf(range.content()) << 4));
        keys(out, range.keys());
        if (range.revision() != 0) {
            out.number(range.revision());
        }
        if (range.limit() != 0) {
            out.number(range.limit());
        }
        if (sorted) {
            out.octet(TARGETS.indexOf(range.sort().target()));
            out.octet(ORDERS.indexOf(range.sort().order()));
        }
        if (filtered) {
            out.number(filter.minModRevision());
            out.number(filter.maxModRevision());
            out.number(filter.minCreateRevision());
            out.number(filter.maxCreateRevision());
        }
    }

    private static Range range(RequestReader in) {
        int flags = in.flags("range flags", 63);
        int content = flags >> 4;
        if (content >= CONTENTS.size()) {
            throw in.malformed("range flags", "keys only or count only", "both");
        }
        KeyRange keys = keys(in);
        long revision = (flags & 1) != 0 ? in.number("revision") : 0;
        long limit = (flags & 2) != 0 ? in.number("limit") : 0;
        Range.Sort sort = Range.Sort.BY_KEY;
        if ((flags & 4) != 0) {
            Range.SortTarget target = in.constant("sort target", TARGETS);
            sort = new Range.Sort(target, in.constant("sort order", ORDERS));
        }
        Range.Filter filter = (flags & 8) != 0 ? filter(in) : Range.Filter.NONE;
        return new Range(keys, revision, limit, sort, filter, CONTENTS.get(content));
    }

    private static Range.Filter filter(RequestReader in) {
        long minMod = in.number("min mod revision");
        long maxMod = in.number("max mod revision");
        long minCreate = in.number("min create revision");
        return new Range.Filter(minMod, maxMod, minCreate, in.number("max create revision"));
    }

    private static void compare(RequestWriter out, Compare compare) {
        switch (compare.operand()) {
            case Compare.Operand.Version o -> compare(out, compare, 0, o.version());
            case Compare.Operand.CreateRevision o -> compare(out, compare, 1, o.revision());
            case Compare.Operand.ModRevision o -> compare(out, compare, 2, o.revision());
            case Compare.Operand.Lease o -> compare(out, compare, 3, o.lease());
            case Compare.Operand.Value o -> {
                compareHead(out, compare, 4);
                out.bytes(o.value());
            }
        }
    }

    private static void compare(RequestWriter out, Compare compare, int target, long operand) {
        compareHead(out, compare, target);
        out.number(operand);
    }

    private static void compareHead(RequestWriter out, Compare compare, int target) {
        out.octet(target);
        out.octet(RELATIONS.indexOf(compare.relation()));
        keys(out, compare.keys());
    }

    private static Compare compare(RequestReader in) {
        int target = in.octet("compare target");
        Compare.Relation relation = in.constant("relation", RELATIONS);
        KeyRange keys = keys(in);
        Compare.Operand operand =
                switch (target) {
                    case 0 -> new Compare.Operand.Version(in.number("version"));
                    case 1 -> new Compare.Operand.CreateRevision(in.number("create revision"));
                    case 2 -> new Compare.Operand.ModRevision(in.number("mod revision"));
                    case 3 -> new Compare.Operand.Lease(in.number("lease"));
                    case 4 -> new Compare.Operand.Value(in.bytes("value"));
                    default ->
                            throw in.malformed(
                                    "compare target", "0 to 4", Integer.toString(target));
                };
        return new Compare(keys, relation, operand);
    }

    private static void keys(RequestWriter out, KeyRange keys) {
        out.bytes(keys.start());
        out.bytes(keys.end());
    }

    private static KeyRange keys(RequestReader in) {
        Bytes start = in.bytes("range start");
        return new KeyRange(start, in.bytes("range end"));
    }
}
