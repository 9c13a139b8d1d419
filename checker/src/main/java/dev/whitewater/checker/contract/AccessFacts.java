package dev.whitewater.checker.contract;

import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may do what, as far as calls and returns of the changes tell. Each fact (a user's role, a
 * role's permission on a range) was written at moments only bounded by these; it may have a value
 * while something lasts if some write of that value was not surely replaced by another before.
 */
final class AccessFacts {
    private static final String ROOT = "root";
    private static final String ENABLED = "enabled";

    /** What a written fact costs, in bytes, about. */
    private static final int WRITTEN = 64;

    private static final String NO = "";
    private static final String YES = "yes";

    /** From a call to its return, as positions among all events. */
    record Span(int call, int completion) {}

    private record Write(String value, Span span) {}

    /** A permission of a role by the range it is on. */
    record Grant(String role, String key, String end) {}

    private final Purse purse;
    private final Map<String, List<Write>> facts = new TreeMap<>();
    private final Map<String, Grant> grants = new TreeMap<>();
    private final Map<String, Set<String>> rolesOf = new TreeMap<>();

    AccessFacts(Purse purse) {
        this.purse = purse;
    }

    /** A request that changes facts. */
    record Change(String function, String key, Value.Mapping asked, Span span) {
        String user() {
            return text(asked, "user");
        }

        String role() {
            return text(asked, "role");
        }

        Grant grant() {
            return new Grant(role(), key, text(asked, "end"));
        }
    }

    /**
     * Learns which facts there are. All are named before the first is written: the deletion of a
     * user ends memberships whose grant was called later, but may have come first.
     */
    void name(Change change) {
        switch (change.function()) {
            case "user-grant-role" ->
                    rolesOf.computeIfAbsent(change.user(), _ -> new LinkedHashSet<>())
                            .add(change.role());
            case "role-grant" -> grants.put(name(change.grant()), change.grant());
            default -> {
                // names nothing
            }
        }
    }

    /** Notes one change. */
    void change(Change change) {
        String user = change.user();
        String role = change.role();
        Span span = change.span();
        switch (change.function()) {
            case "auth-enable" -> write(ENABLED, YES, span);
            case "auth-disable" -> write(ENABLED, NO, span);
            case "user-grant-role" -> write(member(user, role), YES, span);
            case "user-revoke-role" -> write(member(user, role), NO, span);
            case "user-delete" ->
                    rolesOf.getOrDefault(user, new LinkedHashSet<>())
                            .forEach(each -> write(member(user, each), NO, span));
            case "role-delete" -> delete(role, span);
            case "role-grant" ->
                    write(name(change.grant()), text(change.asked(), "permission"), span);
            case "role-revoke" -> write(name(change.grant()), NO, span);
            default -> {
                // A new user or role changes nothing by itself.
            }
        }
    }

    private void delete(String role, Span span) {
        rolesOf.forEach(
                (user, roles) -> {
                    if (roles.contains(role)) {
                        write(member(user, role), NO, span);
                    }
                });
        grants.forEach(
                (name, grant) -> {
                    if (grant.role().equals(role)) {
                        write(name, NO, span);
                    }
                });
    }

    /** Whether the user had the permission at some moment, or may have had it. */
    boolean mayHave(String user, AccessContract.Need need, Span when) {
        return has(user, need, when, false);
    }

    /** Whether the user surely had it all the time. */
    boolean mustHave(String user, AccessContract.Need need, Span when) {
        return has(user, need, when, true);
    }

    private boolean has(String user, AccessContract.Need need, Span when, boolean surely) {
        boolean open = is(ENABLED, List.of(NO), when, surely);
        if (open || is(member(user, ROOT), List.of(YES), when, surely)) {
            return true;
        }
        if (need.administers()) {
            return false;
        }
        List<String> enough =
                need.writes() ? List.of("write", "readwrite") : List.of("read", "readwrite");
        List<Grant> held = new ArrayList<>();
        for (Map.Entry<String, Grant> grant : grants.entrySet()) {
            if (is(member(user, grant.getValue().role()), List.of(YES), when, surely)
                    && is(grant.getKey(), enough, when, surely)) {
                held.add(grant.getValue());
            }
        }
        return covered(need.key(), after(need.key(), need.end()), held);
    }

    /** Whether ranges together hold all keys from one up to another. */
    private static boolean covered(String from, String to, List<Grant> held) {
        held.sort((a, b) -> a.key().compareTo(b.key()));
        String reached = from;
        for (Grant grant : held) {
            String end = after(grant.key(), grant.end());
            if (grant.key().compareTo(reached) <= 0 && isBefore(reached, end)) {
                reached = end;
                if (!isBefore(reached, to)) {
                    return true;
                }
            }
            if (reached.equals(LAST)) {
                return true;
            }
        }
        return false;
    }

    /** The end of a range without end. */
    private static final String LAST = "\0";

    /** The first key after a range; of a single key that is the key and a zero byte. */
    private static String after(String key, String end) {
        return end.isEmpty() ? key + '\0' : end;
    }

    private static boolean isBefore(String end, String other) {
        return !end.equals(LAST) && (other.equals(LAST) || end.compareTo(other) < 0);
    }

    /**
     * Whether the fact has one of these values: surely, if it can't have had any other one; else if
     * it may have had one of them at some moment.
     */
    private boolean is(String fact, List<String> values, Span when, boolean surely) {
        List<Write> writes = facts.getOrDefault(fact, List.of());
        boolean found = false;
        boolean other = false;
        for (int i = -1; i < writes.size(); i++) {
            Write write = i < 0 ? FIRST : writes.get(i);
            if (write.span().call() < when.completion() && !isReplaced(write, writes, when)) {
                boolean right = values.contains(write.value());
                found |= right;
                other |= !right;
            }
        }
        return surely ? found && !other : found;
    }

    /** All facts begin as no. */
    private static final Write FIRST = new Write(NO, new Span(-2, -1));

    private boolean isReplaced(Write write, List<Write> writes, Span when) {
        for (Write other : writes) {
            purse.step();
            if (write.span().completion() < other.span().call()
                    && other.span().completion() < when.call()) {
                return true;
            }
        }
        return false;
    }

    private void write(String fact, String value, Span span) {
        purse.take(WRITTEN);
        facts.computeIfAbsent(fact, _ -> new ArrayList<>()).add(new Write(value, span));
    }

    private static String member(String user, String role) {
        return "member " + user + '\n' + role;
    }

    private static String name(Grant grant) {
        return "grant " + grant.role() + '\n' + grant.key() + '\n' + grant.end();
    }

    private static String text(Value.Mapping asked, String name) {
        return asked.named(name) instanceof Value.Text(String text) ? text : "";
    }
}
