package dev.whitewater.sim.monitor;

import dev.whitewater.sim.Probe;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Range;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * M34, authorisation: a command on keys is carried out if and only if, by the commands before it in
 * the log, its caller may do all that it could do, in both branches of each transaction and inside
 * of those nested. That all members decide alike is M14's.
 *
 * <p>Reads and watches don't go through the log: they are judged by what the member that serves
 * them has applied. An event in which it applied something is taken as a whole, so that what it
 * told before and after are both right.
 */
final class Access {

    private final Situations situations;

    /** In the order of the log; the last is the one in force. */
    private final List<AccessState> states = new ArrayList<>();

    /** Reads that were answered by an event which isn't over. */
    private final ArrayDeque<Shown> shown = new ArrayDeque<>();

    private record Shown(MemberState member, Caller caller, Range range, Response response) {}

    Access(Situations situations) {
        this.situations = situations;
        states.add(new AccessState(0, 1));
    }

    /**
     * A command is applied.
     *
     * @param revision how often users and roles have changed, this command included
     */
    void applied(long index, Request request, Response response, long revision) {
        if (request instanceof Attributed(Caller caller, Request asked)) {
            judge(caller, asked, response);
        } else {
            judge(Caller.NOBODY, request, response);
        }
        if (!(response instanceof Rejected)
                && Attributed.strip(request) instanceof AuthRequest change) {
            states.add(states.getLast().after(change, index, revision));
        }
    }

    private void judge(Caller caller, Request request, Response response) {
        if (states.size() == 1 || !(request instanceof Operation operation)) {
            return;
        }
        AccessState now = states.getLast();
        boolean may = now.allows(caller, operation);
        boolean denied = isDenial(response);
        if (!may && !(response instanceof Rejected)) {
            throw broken(caller, operation, "was carried out without permission");
        }
        if (may && denied) {
            throw broken(caller, operation, "was refused though permitted: " + response);
        }
        if (denied) {
            situations.hit(Probe.PERMISSION_REFUSED);
        }
        if (now.isOld(caller) && caller.authRevision() > 0) {
            situations.hit(Probe.AUTH_CHANGED_UNDER_WAY);
        }
    }

    private static boolean isDenial(Response response) {
        return response instanceof Rejected rejected
                && switch (rejected.code()) {
                    case ErrorCode.PERMISSION_DENIED,
                            ErrorCode.USER_EMPTY,
                            ErrorCode.AUTH_OLD_REVISION ->
                            true;
                    default -> false;
                };
    }

    /** A member answers a read without the log. */
    void shows(MemberState member, Caller caller, Range range, Response response) {
        if (states.size() > 1) {
            shown.addLast(new Shown(member, caller, range, response));
        }
    }

    /** The event is over, and the model has come as far as the member. */
    void after() {
        while (!shown.isEmpty()) {
            Shown read = shown.removeFirst();
            boolean denied = isDenial(read.response());
            boolean right =
                    isSo(read.member(), it -> it.allows(read.caller(), read.range()) != denied);
            if (!right && !(read.response() instanceof Rejected && !denied)) {
                throw broken(
                        read.caller(),
                        read.range(),
                        "of n"
                                + read.member().number()
                                + (denied
                                        ? " was refused though permitted"
                                        : " was answered without permission"));
            }
            if (!denied && read.caller().kind() == Caller.Kind.USER) {
                situations.hit(Probe.READ_BY_PERMISSION);
            }
        }
    }

    /** The event was cut short: how far its member had come by then isn't known. */
    void ends() {
        shown.clear();
    }

    /**
     * Whether, by what a member has applied, a watch may be told of keys, or may not.
     *
     * @param fresh the watch begins now, so its token must be as new as can be
     */
    boolean mayBeSo(MemberState member, Caller caller, KeyRange keys, boolean fresh, boolean may) {
        return states.size() == 1
                ? may
                : isSo(
                        member,
                        it ->
                                may
                                        == (fresh
                                                ? it.allows(caller, Range.of(keys))
                                                : it.showsOn(caller, keys)));
    }

    /** In one of the states that the member was in during the event. */
    private boolean isSo(MemberState member, Predicate<AccessState> what) {
        for (int i = states.size() - 1; i >= 0; i--) {
            AccessState state = states.get(i);
            if (state.since <= member.applied && what.test(state)) {
                return true;
            }
            if (state.since <= member.appliedBefore) {
                return false;
            }
        }
        return false;
    }

    private static Finding broken(Caller caller, Operation operation, String what) {
        return new Finding(
                "M34", "authorisation", operation + " of user " + caller.user() + " " + what);
    }
}
