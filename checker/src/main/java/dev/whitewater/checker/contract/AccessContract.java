package dev.whitewater.checker.contract;

import dev.whitewater.checker.etcd.Messages;
import dev.whitewater.checker.etcd.Reply;
import dev.whitewater.checker.etcd.Request;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What etcd promises of permissions, as far as clients can see it (M34): who had no permission from
 * the call to the return is not answered, and who had it all that time is not denied. While a
 * change of access is under way both are right. Histories are those of
 * docs/formats/etcd-history.md; serializable reads are not judged, for their member may not know
 * yet.
 */
public final class AccessContract {
    private static final String RULE = "M34";

    private final History history;
    private final Purse purse;
    private final AccessFacts facts;
    private final List<Breach> breaches = new ArrayList<>();

    private AccessContract(History history, Purse purse) {
        this.history = history;
        this.purse = purse;
        this.facts = new AccessFacts(purse);
    }

    /** All breaches, in the order of the calls. */
    public static List<Breach> check(History history) {
        return check(history, new Purse(Budget.UNLIMITED));
    }

    /** The same within a budget. */
    public static List<Breach> check(History history, Purse purse) {
        return new AccessContract(history, purse).check();
    }

    private List<Breach> check() {
        boolean any = false;
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (Messages.isAccess(history.function(op))) {
                any = true;
                change(op, facts::name);
            }
        }
        for (int op = 0; any && op < history.size(); op++) {
            if (Messages.isAccess(history.function(op))) {
                change(op, facts::change);
            }
        }
        for (int op = 0; any && op < history.size(); op++) {
            if (history.isOk(op)) {
                judge(op);
            }
        }
        return breaches;
    }

    private void change(int op, Consumer<AccessFacts.Change> noted) {
        Operation operation = history.operation(op);
        if (!history.isFail(op) && !isDenied(operation)) {
            Value.Mapping asked =
                    operation.argument() instanceof Value.Mapping fields
                            ? fields
                            : new Value.Mapping(List.of());
            AccessFacts.Span span = new AccessFacts.Span(history.call(op), history.completion(op));
            noted.accept(
                    new AccessFacts.Change(
                            operation.function(), text(operation.key()), asked, span));
        }
    }

    private void judge(int op) {
        purse.step();
        Operation operation = history.operation(op);
        AccessFacts.Span span = new AccessFacts.Span(history.call(op), history.completion(op));
        String user =
                operation.argument() instanceof Value.Mapping fields
                        ? text(fields.named("as"))
                        : "";
        boolean denied = isDenied(operation);
        boolean may = true;
        boolean must = true;
        for (Need need : needs(operation)) {
            may &= facts.mayHave(user, need, span);
            must &= facts.mustHave(user, need, span);
        }
        if (denied && must) {
            breaches.add(
                    new Breach(
                            RULE,
                            "permitted-denied: "
                                    + told(operation, user)
                                    + " was denied what had been permitted all the time"));
        }
        if (!denied && !may) {
            breaches.add(
                    new Breach(
                            RULE,
                            "forbidden-answered: "
                                    + told(operation, user)
                                    + " was answered without permission at any time"));
        }
    }

    private static String told(Operation operation, String user) {
        String who = user.isEmpty() ? "nobody" : user;
        return operation + " (operation " + operation.id() + ") of " + who;
    }

    private static boolean isDenied(Operation operation) {
        return operation.isOk()
                && operation.output() instanceof Value.Mapping output
                && output.named("error").isNamed(Reply.DENIED);
    }

    /** A permission that a request needs: on a range of keys, to write or to read; or on all. */
    record Need(String key, String end, boolean writes, boolean administers) {
        static final Need ADMINISTER = new Need("", "", false, true);
    }

    private static List<Need> needs(Operation operation) {
        List<Need> needs = new ArrayList<>();
        if (Messages.isAccess(operation.function())) {
            needs.add(Need.ADMINISTER);
        } else {
            add(needs, Messages.request(operation));
        }
        return needs;
    }

    /** Both branches of a transaction count, as etcd checks both before it looks which is done. */
    private static void add(List<Need> needs, Request request) {
        switch (request) {
            case Request.Range range -> {
                if (!range.serializable()) {
                    needs.add(new Need(range.key(), range.end(), false, false));
                }
            }
            case Request.Put put -> needs.add(new Need(put.key(), "", true, false));
            case Request.Delete delete ->
                    needs.add(new Need(delete.key(), delete.end(), true, false));
            case Request.Txn txn -> {
                for (Request.Compare compare : txn.compares()) {
                    needs.add(new Need(compare.key(), compare.end(), false, false));
                }
                txn.then().forEach(step -> add(needs, step));
                txn.otherwise().forEach(step -> add(needs, step));
            }
            case Request.Compact _,
                    Request.Grant _,
                    Request.Revoke _,
                    Request.KeepAlive _,
                    Request.Access _ -> {
                // Whose keys a lease holds isn't told.
            }
        }
    }

    private static String text(Value value) {
        return value instanceof Value.Text(String text) ? text : "";
    }
}
