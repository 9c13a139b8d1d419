package dev.whitewater.reports;

import dev.whitewater.reports.run.Change;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what three members would do, one small act after another: messages, elections,
 * replication, requests. A script, not Raft.
 */
class ClusterScript {

    static final long MS = 1_000_000;

    final List<Event> events = new ArrayList<>();
    final List<Operation> operations = new ArrayList<>();
    final List<FaultSpan> faults = new ArrayList<>();
    final long[] last = new long[4];
    final long[] durable = new long[4];
    final long[] commit = new long[4];
    long message;
    long term;
    int leader;
    long revision = 1;
    long draw = 88_172_645_463_325_252L;

    final long random(long bound) {
        draw ^= draw << 13;
        draw ^= draw >>> 7;
        draw ^= draw << 17;
        return Math.floorMod(draw, bound);
    }

    final long add(
            long nanos, Event.Kind kind, int node, String what, Change change, String... notes) {
        return add(nanos, kind, node, 0, Event.NONE, what, change, "", "", List.of(notes));
    }

    final long add(
            long nanos,
            Event.Kind kind,
            int node,
            int peer,
            long msg,
            String what,
            Change change,
            String fault,
            String fate,
            List<String> notes) {
        events.add(
                new Event(
                        events.size(),
                        nanos,
                        kind,
                        node,
                        peer,
                        msg,
                        what,
                        change,
                        notes,
                        fault,
                        fate));
        return events.size() - 1L;
    }

    static Change role(String role, long newTerm) {
        return Change.role(role).and(Change.term(newTerm));
    }

    static Change candidate(String role, long newTerm, long vote) {
        long s = Change.SAME;
        return new Change(role, newTerm, vote, 0, s, s, s, s, s);
    }

    static Change follow(long newTerm, long vote, long of) {
        long s = Change.SAME;
        return new Change("follower", newTerm, vote, of, s, s, s, s, s);
    }

    static Change log(long newLast, long newDurable) {
        return Change.last(newLast).and(Change.durable(newDurable));
    }

    static Change committed(long index) {
        return Change.commit(index).and(Change.applied(index));
    }

    final long send(long nanos, int from, int to, String what, Change effect, String... notes) {
        long travel = 2 * MS + random(3 * MS);
        message++;
        add(nanos, Event.Kind.SEND, from, to, message, what, Change.NONE, "", "", List.of());
        add(
                nanos + travel,
                Event.Kind.DELIVER,
                to,
                from,
                message,
                what,
                effect,
                "",
                "",
                List.of(notes));
        return nanos + travel;
    }

    final void lost(long nanos, int from, int to, String what, String fault) {
        message++;
        add(nanos, Event.Kind.SEND, from, to, message, what, Change.NONE, fault, "cut", List.of());
    }

    final void elect(long nanos, int who, long newTerm, List<Integer> voters) {
        term = newTerm;
        leader = who;
        add(nanos, Event.Kind.TIMER, who, "election timeout", role("pre-candidate", newTerm - 1));
        long back = nanos;
        for (int voter : voters) {
            long t = send(nanos + 1, who, voter, "PreVoteRequest t" + newTerm, Change.NONE);
            back = send(t + 1, voter, who, "PreVoteResponse t" + newTerm + " granted", Change.NONE);
        }
        add(
                back + 1,
                Event.Kind.TIMER,
                who,
                "won the pre-vote",
                candidate("candidate", newTerm, who));
        long win = back;
        for (int voter : voters) {
            long t =
                    send(
                            back + MS,
                            who,
                            voter,
                            "VoteRequest t" + newTerm + " last " + last[who],
                            follow(newTerm, who, 0),
                            "granted: the candidate's log is as long as mine");
            win =
                    send(
                            t + 3 * MS,
                            voter,
                            who,
                            "VoteResponse t" + newTerm + " granted",
                            Change.NONE);
        }
        long s = Change.SAME;
        last[who]++;
        add(
                win + 1,
                Event.Kind.NOTE,
                who,
                "has the votes of a majority",
                new Change("leader", s, s, who, s, s, last[who], newTerm, s));
        replicate(win + 2, voters);
    }

    /** One more entry reaches the disks of the leader and {@code others}; then it is committed. */
    final long replicate(long nanos, List<Integer> others) {
        long index = last[leader];
        long done = nanos;
        durable[leader] = index;
        add(nanos + 4 * MS, Event.Kind.DISK, leader, "log synced", log(Change.SAME, index));
        for (int other : others) {
            last[other] = index;
            long t =
                    send(
                            nanos + 1,
                            leader,
                            other,
                            "AppendRequest t" + term + " prev " + (index - 1) + " +1",
                            log(index, Change.SAME).and(Change.lastTerm(term)));
            durable[other] = index;
            add(t + 3 * MS, Event.Kind.DISK, other, "log synced", log(Change.SAME, index));
            done =
                    send(
                            t + 3 * MS + 1,
                            other,
                            leader,
                            "AppendResponse t" + term + " match " + index,
                            Change.NONE);
        }
        commit[leader] = index;
        add(done + 1, Event.Kind.NOTE, leader, "a majority has it", committed(index));
        for (int other : others) {
            commit[other] = index;
            send(done + 10 * MS, leader, other, "HeartbeatRequest t" + term, committed(index));
        }
        return done + 2;
    }

    final void traffic(long from, long until, long step) {
        List<Integer> others = new ArrayList<>();
        boolean split = from >= 1_500 * MS && until <= 2_400 * MS;
        boolean crashed = from >= 3_400 * MS;
        for (int n = 1; n <= 3; n++) {
            boolean away = (split && n == 1) || (crashed && n == 2);
            if (n != leader && !away) {
                others.add(n);
            }
        }
        int client = 1;
        for (long t = from; t + 30 * MS < until; t += step + random(9 * MS)) {
            client = client % 4 + 1;
            boolean read = random(3) == 0;
            if (read) {
                get(t, client, others.getFirst());
            } else {
                put(t, client, others);
            }
        }
    }

    final void put(long t, int client, List<Integer> others) {
        String key = "k" + random(3);
        long call = add(t, Event.Kind.CLIENT, 0, "c" + client + " calls put", Change.NONE);
        last[leader]++;
        add(t + MS, Event.Kind.CLIENT, leader, "put arrives", log(last[leader], Change.SAME));
        long end = replicate(t + MS + 1, others) + 2 * MS;
        long answer = add(end, Event.Kind.CLIENT, 0, "c" + client + " has its answer", Change.NONE);
        long id = operations.size() + 1L;
        revision++;
        operations.add(
                new Operation(
                        id,
                        client,
                        t,
                        end,
                        "put",
                        key,
                        "v" + id,
                        "",
                        Operation.Outcome.OK,
                        "",
                        revision,
                        false,
                        leader,
                        call,
                        answer));
    }

    final void get(long t, int client, int other) {
        long call = add(t, Event.Kind.CLIENT, 0, "c" + client + " calls get", Change.NONE);
        long there = send(t + MS, leader, other, "ReadConfirm t" + term, Change.NONE);
        long end = send(there + 1, other, leader, "ReadConfirmed t" + term, Change.NONE) + MS;
        long answer = add(end, Event.Kind.CLIENT, 0, "c" + client + " has its answer", Change.NONE);
        operations.add(
                new Operation(
                        operations.size() + 1L,
                        client,
                        t,
                        end,
                        "get",
                        "k1",
                        "",
                        "",
                        Operation.Outcome.OK,
                        "v" + operations.size(),
                        revision,
                        false,
                        leader,
                        call,
                        answer));
    }

    final void fault(
            String id, String kind, String label, List<Integer> who, long from, long lasting) {
        faults.add(new FaultSpan(id, kind, label, who, from, from + lasting));
        add(
                from,
                Event.Kind.FAULT,
                0,
                0,
                Event.NONE,
                kind + " " + label,
                Change.NONE,
                id,
                "",
                List.of());
        add(
                from + lasting,
                Event.Kind.FAULT,
                0,
                0,
                Event.NONE,
                kind + " ends",
                Change.NONE,
                id,
                "",
                List.of());
    }
}
