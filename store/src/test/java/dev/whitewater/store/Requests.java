package dev.whitewater.store;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.List;

/** Arbitrary requests over few keys, values, leases and revisions, so that they meet. */
public final class Requests {
    private Requests() {}

    public static Arbitrary<List<Request>> scripts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(20, operations(2).map(Request.class::cast)),
                        Tuple.of(3, commands()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** Users, roles, members and what they may, with operations of whoever may or not. */
    public static Arbitrary<List<Request>> adminScripts() {
        Arbitrary<Request> wanted =
                Arbitraries.frequencyOf(
                        Tuple.of(8, operations(1).map(Request.class::cast)),
                        Tuple.of(1, commands()));
        Arbitrary<Request> attributed =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Combinators.combine(callers(), wanted).as(Attributed::new)),
                        Tuple.of(2, administration().map(Attributed::member)),
                        Tuple.of(
                                1,
                                Combinators.combine(callers(), administration())
                                        .as(Attributed::new)));
        return Combinators.combine(
                        grants().list().ofMaxSize(6), attributed.list().ofMinSize(1).ofMaxSize(40))
                .as(Requests::afterSetUp);
    }

    /** Random commands seldom come to enabled permissions by themselves. */
    private static List<Request> afterSetUp(List<Request> grants, List<Request> requests) {
        Bytes root = Bytes.utf8("root");
        Bytes hash = Bytes.utf8("h");
        Bytes ann = Bytes.utf8("ann");
        Bytes bob = Bytes.utf8("bob");
        Bytes one = Bytes.utf8("r1");
        Bytes two = Bytes.utf8("r2");
        List<Request> all = new ArrayList<>();
        List.of(root, ann, bob).forEach(user -> all.add(new AuthRequest.AddUser(user, hash)));
        List.of(one, two).forEach(role -> all.add(new AuthRequest.AddRole(role)));
        all.add(new AuthRequest.GrantRole(root, root));
        all.add(new AuthRequest.GrantRole(ann, one));
        all.add(new AuthRequest.GrantRole(bob, one));
        all.add(new AuthRequest.GrantRole(bob, two));
        all.addAll(grants);
        all.add(new LeaseRequest.Grant(1, 60));
        all.add(new AuthRequest.Enable());
        all.addAll(requests);
        return all;
    }

    private static Arbitrary<Request> grants() {
        Arbitrary<Permission> permissions =
                Combinators.combine(Arbitraries.of(Permission.Access.class), keyRanges())
                        .as(Permission::new);
        Arbitrary<Bytes> role = Arbitraries.of("r1", "r2").map(Bytes::utf8);
        return Combinators.combine(role, permissions).as(AuthRequest.GrantPermission::new);
    }

    static Arbitrary<Caller> callers() {
        Arbitrary<Caller> fresh = users().map(user -> Caller.user(user, Long.MAX_VALUE));
        Arbitrary<Caller> old =
                Combinators.combine(users(), Arbitraries.longs().between(9, 20)).as(Caller::user);
        return Arbitraries.frequencyOf(
                Tuple.of(10, fresh),
                Tuple.of(1, old),
                Tuple.of(1, Arbitraries.of(Caller.NOBODY, Caller.MEMBER)));
    }

    static Arbitrary<Request> administration() {
        Arbitrary<Permission> permissions =
                Combinators.combine(Arbitraries.of(Permission.Access.class), keyRanges())
                        .as(Permission::new);
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new AuthRequest.Enable(),
                        new AuthRequest.Disable(),
                        new AuthRequest.Status(),
                        new AuthRequest.ListUsers(),
                        new AuthRequest.ListRoles(),
                        new MemberRequest.ListMembers()),
                Combinators.combine(users(), values()).as(AuthRequest.AddUser::new),
                Combinators.combine(users(), values()).as(AuthRequest.ChangePassword::new),
                Combinators.combine(users(), values()).as(AuthRequest.Authenticate::new),
                users().map(AuthRequest.DeleteUser::new),
                users().map(AuthRequest.GetUser::new),
                roles().map(AuthRequest.AddRole::new),
                roles().map(AuthRequest.DeleteRole::new),
                roles().map(AuthRequest.GetRole::new),
                Combinators.combine(users(), roles()).as(AuthRequest.GrantRole::new),
                Combinators.combine(users(), roles()).as(AuthRequest.RevokeRole::new),
                Combinators.combine(roles(), permissions).as(AuthRequest.GrantPermission::new),
                Combinators.combine(roles(), permissions).as(AuthRequest.GrantPermission::new),
                Combinators.combine(roles(), keyRanges()).as(AuthRequest.RevokePermission::new),
                members());
    }

    static Arbitrary<Request> members() {
        Arbitrary<List<String>> urls = Arbitraries.of("p1", "p2", "p3").list().ofSize(1);
        Arbitrary<Member> member =
                Combinators.combine(ids(), urls, Arbitraries.of(true, false)).as(Member::added);
        return Arbitraries.oneOf(
                member.map(MemberRequest.AddMember::new),
                ids().map(MemberRequest.RemoveMember::new),
                ids().map(MemberRequest.PromoteMember::new),
                Combinators.combine(ids(), urls).as(MemberRequest.UpdateMember::new),
                Combinators.combine(ids(), urls)
                        .as((id, its) -> new MemberRequest.PublishMember(id, "n" + id, its)));
    }

    static Arbitrary<Bytes> users() {
        return Arbitraries.frequency(
                        Tuple.of(1, "root"),
                        Tuple.of(5, "ann"),
                        Tuple.of(5, "bob"),
                        Tuple.of(1, ""))
                .map(Bytes::utf8);
    }

    static Arbitrary<Bytes> roles() {
        return Arbitraries.of("root", "r1", "r2", "").map(Bytes::utf8);
    }

    static Arbitrary<Request> commands() {
        return Arbitraries.oneOf(
                ids().map(id -> new LeaseRequest.Grant(id, 60)),
                ids().map(LeaseRequest.Revoke::new),
                Arbitraries.longs().between(0, 30).map(MaintenanceRequest.Compact::new));
    }

    static Arbitrary<Operation> operations(int depth) {
        Arbitrary<Operation> simple =
                Arbitraries.frequencyOf(
                        Tuple.of(8, puts().map(Operation.class::cast)),
                        Tuple.of(3, deletions().map(Operation.class::cast)),
                        Tuple.of(3, ranges().map(Operation.class::cast)));
        return depth == 0
                ? simple
                : Arbitraries.frequencyOf(
                        Tuple.of(8, simple), Tuple.of(3, txns(depth).map(Operation.class::cast)));
    }

    static Arbitrary<Put> puts() {
        Arbitrary<Put> plain = Combinators.combine(keys(), values()).as(Put::of);
        return Arbitraries.frequencyOf(
                Tuple.of(6, plain),
                Tuple.of(2, plain.map(Put::withPrevious)),
                Tuple.of(2, Combinators.combine(plain, ids()).as(Put::withLease)),
                Tuple.of(1, plain.map(Put::keepingValue)),
                Tuple.of(1, plain.map(Put::keepingLease)));
    }

    static Arbitrary<DeleteRange> deletions() {
        return Combinators.combine(keyRanges(), Arbitraries.of(true, false)).as(DeleteRange::new);
    }

    static Arbitrary<Range> ranges() {
        return Combinators.combine(
                        keyRanges(),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(0L)),
                                Tuple.of(3, Arbitraries.longs().between(0, 20))),
                        Arbitraries.longs().between(0, 4),
                        sorts(),
                        filters(),
                        Arbitraries.of(Range.Content.class))
                .as(Range::new);
    }

    static Arbitrary<Range.Sort> sorts() {
        return Combinators.combine(
                        Arbitraries.of(Range.SortTarget.class),
                        Arbitraries.of(Range.SortOrder.class))
                .as(Range.Sort::new);
    }

    static Arbitrary<Range.Filter> filters() {
        Arbitrary<Long> bound =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(0L)),
                        Tuple.of(1, Arbitraries.longs().between(1, 12)));
        return Combinators.combine(bound, bound, bound, bound).as(Range.Filter::new);
    }

    static Arbitrary<Txn> txns(int depth) {
        Arbitrary<List<Operation>> side = operations(depth - 1).list().ofMaxSize(3);
        return Combinators.combine(compares().list().ofMaxSize(2), side, side).as(Txn::new);
    }

    static Arbitrary<Compare> compares() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 6);
        Arbitrary<Compare.Operand> operands =
                Arbitraries.oneOf(
                        few.map(Compare.Operand.Version::new),
                        few.map(Compare.Operand.CreateRevision::new),
                        few.map(Compare.Operand.ModRevision::new),
                        few.map(Compare.Operand.Lease::new),
                        values().map(Compare.Operand.Value::new));
        return Combinators.combine(keyRanges(), Arbitraries.of(Compare.Relation.class), operands)
                .as(Compare::new);
    }

    static Arbitrary<KeyRange> keyRanges() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, keys().map(KeyRange::single)),
                Tuple.of(2, keys().map(KeyRange::prefix)),
                Tuple.of(1, keys().map(KeyRange::from)),
                Tuple.of(2, Combinators.combine(keys(), keys()).as(KeyRange::between)));
    }

    static Arbitrary<Bytes> keys() {
        return Arbitraries.of(NaiveStore.KEYS);
    }

    static Arbitrary<Bytes> values() {
        return Arbitraries.of("", "x", "y", "zz").map(Bytes::utf8);
    }

    static Arbitrary<Long> ids() {
        return Arbitraries.longs().between(1, 3);
    }
}
