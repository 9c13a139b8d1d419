package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;

import dev.whitewater.raft.Cluster.Machine;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs a golden scenario: lines that begin with {@code #} are for the reader, lines that begin with
 * {@code >} are commands, and what follows a command is what it prints.
 *
 * <pre>
 * cluster N [prevote=off] [checkquorum=off] [append-bytes=B] [in-flight=K] [in-flight-bytes=B]
 *     [uncommitted-bytes=B] [apply-bytes=B] [lease-drift=PERMILLE] [forward=on] [spare=K]
 * member nI term=T [vote=nJ] [commit=C] log=1,1,2   a member that recovers from this disk
 * timeout nI            its election timer runs out      tick nI K       K ticks pass
 * campaign nI           starts an election at once       forget nI       its leader is gone, it hears
 * lead nI               its election timer runs out, all settles in silence
 * append nA->nB tT prev=T/I entries=T/I,.. commit=C      an append made by hand is delivered
 * propose nI a b        one batch of commands            read nI C       a read named C
 * ready nI              collects one Ready               sync nI         its oldest write is durable
 * work nI..             collects and syncs until quiet   settle          all do, and all is delivered
 * deliver nA->nB [K]    the first K (or all) messages    drop nA->nB [K] loses them
 * repeat nA->nB         delivers the first, and keeps it overtake nA->nB delivers the last
 * cut nA nB..           these hear nobody                heal            all hear all
 * unlink nA nB..        nA and each of these do not hear each other
 * change nI [joint|explicit] +nJ ~nK -nL   adds a voter, a learner, removes; leave nI ends a joint one
 * transfer nI nJ          hands over                     config nI..     the configuration in force
 * snapshot nI             of all applied; log let go of  failed nI nJ    nJ did not get its snapshot
 * unreachable nI nJ       nI could not send to nJ
 * crash nI              loses what is not synced         restart nI
 * show nI..             the member                       progress nI     what a leader knows
 * log nI                its entries                      wire            what is under way
 * </pre>
 */
final class Golden {

    private final StringBuilder out = new StringBuilder();
    private final TreeMap<NodeId, String> before = new TreeMap<>();
    private final TreeSet<NodeId> deaf = new TreeSet<>();
    private final TreeSet<String> unlinked = new TreeSet<>();
    private boolean silent;
    private Cluster cluster;
    private Monitor monitor;

    /** The scenario with its output as it is now. */
    static String run(String scenario) {
        Golden golden = new Golden();
        for (String line : scenario.split("\n", -1)) {
            if (line.startsWith("#") || line.isBlank()) {
                golden.keep(line);
            } else if (line.startsWith(">")) {
                golden.keep(line);
                golden.command(line.substring(1).strip());
            }
        }
        return golden.out.toString().stripTrailing() + "\n";
    }

    private void keep(String line) {
        if (!line.isBlank() || (!out.isEmpty() && !out.toString().endsWith("\n\n"))) {
            out.append(line).append('\n');
        }
    }

    private void command(String line) {
        String[] words = line.split(" +");
        List<String> arguments = List.of(words).subList(1, words.length);
        try {
            execute(words[0], arguments);
            if (cluster != null) {
                monitor.check();
            }
        } catch (InvariantViolation violation) {
            say("VIOLATION " + violation.getMessage());
        }
        changes();
    }

    private void execute(String command, List<String> arguments) {
        switch (command) {
            case "cluster" -> cluster(arguments);
            case "member" -> member(arguments);
            case "lead" -> lead(machine(arguments.getFirst()));
            case "append" -> append(arguments);
            case "timeout" -> timeout(machine(arguments.getFirst()));
            case "tick" -> machine(arguments.getFirst()).raft.advance(number(arguments.get(1)));
            case "campaign" -> machine(arguments.getFirst()).raft.campaign();
            case "forget" -> machine(arguments.getFirst()).raft.forgetLeader();
            case "propose" -> propose(arguments);
            case "read" -> read(arguments);
            case "ready" -> collect(machine(arguments.getFirst()));
            case "sync" -> sync(machine(arguments.getFirst()));
            case "work" -> arguments.forEach(each -> work(machine(each)));
            case "settle" -> settle();
            case "deliver", "drop", "repeat", "overtake" -> wire(command, arguments);
            case "cut" -> arguments.forEach(each -> deaf.add(machine(each).id));
            case "unlink" -> unlink(arguments);
            case "heal" -> {
                deaf.clear();
                unlinked.clear();
            }
            case "change" -> change(arguments);
            case "leave" -> say(Describe.change(machine(arguments.getFirst()).raft.leaveJoint()));
            case "transfer" -> transfer(arguments);
            case "snapshot" -> machine(arguments.getFirst()).snapshot();
            case "failed" -> report(arguments).reportSnapshotFailed(machine(arguments.get(1)).id);
            case "unreachable" -> report(arguments).reportUnreachable(machine(arguments.get(1)).id);
            case "config" -> arguments.forEach(each -> config(machine(each)));
            case "crash" -> machine(arguments.getFirst()).crash();
            case "restart" -> restart(machine(arguments.getFirst()));
            case "show" -> arguments.forEach(each -> say(show(machine(each))));
            case "progress" -> progress(machine(arguments.getFirst()));
            case "log" -> log(machine(arguments.getFirst()));
            case "wire" -> cluster.wire.forEach(message -> say(describe(message)));
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
    }

    // ---- the cluster

    private void cluster(List<String> arguments) {
        RaftConfig.Limits limits =
                new RaftConfig.Limits(
                        option(arguments, "append-bytes", 1 << 20),
                        option(arguments, "in-flight", 256),
                        option(arguments, "in-flight-bytes", 1 << 30),
                        option(arguments, "uncommitted-bytes", 1 << 20),
                        option(arguments, "apply-bytes", 1 << 30));
        Cluster.Shape shape =
                Cluster.Shape.of(number(arguments.getFirst()))
                        .spare(option(arguments, "spare", 0))
                        .guards(
                                !arguments.contains("prevote=off"),
                                !arguments.contains("checkquorum=off"))
                        .forwarding(arguments.contains("forward=on"))
                        .limits(limits);
        int drift = option(arguments, "lease-drift", -1);
        cluster = new Cluster(drift < 0 ? shape : shape.lease(drift), RaftRules.HONEST);
        monitor = new Monitor(cluster);
        remember();
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        String value = option(arguments, name, "");
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return argument.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private void member(List<String> arguments) {
        Machine machine = machine(arguments.getFirst());
        machine.durableLog.clear();
        for (String term : option(arguments, "log", "").split(",", -1)) {
            if (!term.isEmpty()) {
                EntryId id = new EntryId(Long.parseLong(term), machine.durableLog.size() + 1L);
                machine.durableLog.add(
                        Entry.command(id, id.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
        String vote = option(arguments, "vote", "n0").substring(1);
        machine.durableState =
                new HardState(
                        option(arguments, "term", 0),
                        n(Long.parseLong(vote)),
                        option(arguments, "commit", 0));
        restart(machine);
    }

    private void restart(Machine machine) {
        machine.restart();
        monitor.restarted(machine);
    }

    private void lead(Machine machine) {
        silent = true;
        timeout(machine);
        settle();
        silent = false;
        cluster.machines.values().forEach(each -> say("  " + brief(each)));
    }

    private void append(List<String> arguments) {
        String[] ends = arguments.getFirst().split("->", -1);
        List<Entry> entries = new ArrayList<>();
        for (String each : option(arguments, "entries", "").split(",", -1)) {
            if (!each.isEmpty()) {
                entries.add(Entry.command(id(each), each.getBytes(StandardCharsets.UTF_8)));
            }
        }
        deliver(
                new AppendRequest(
                        machine(ends[0]).id,
                        machine(ends[1]).id,
                        Long.parseLong(arguments.get(1).substring(1)),
                        id(option(arguments, "prev", "0/0")),
                        entries,
                        option(arguments, "commit", 0)));
    }

    private static EntryId id(String text) {
        String[] parts = text.split("/", -1);
        return new EntryId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private void change(List<String> arguments) {
        ChangeMode mode =
                arguments.contains("joint")
                        ? ChangeMode.JOINT
                        : arguments.contains("explicit")
                                ? ChangeMode.JOINT_EXPLICIT
                                : ChangeMode.AUTOMATIC;
        List<MemberChange> changes = new ArrayList<>();
        for (String word : arguments.subList(1, arguments.size())) {
            if (word.charAt(0) == '+') {
                changes.add(new MemberChange(MemberChange.Kind.ADD_VOTER, named(word)));
            } else if (word.charAt(0) == '~') {
                changes.add(new MemberChange(MemberChange.Kind.ADD_LEARNER, named(word)));
            } else if (word.charAt(0) == '-') {
                changes.add(new MemberChange(MemberChange.Kind.REMOVE, named(word)));
            }
        }
        Raft raft = machine(arguments.getFirst()).raft;
        say(Describe.change(raft.changeMembership(changes, mode)));
    }

    private static NodeId named(String word) {
        return n(Long.parseLong(word.substring(2)));
    }

    private void transfer(List<String> arguments) {
        NodeId to = n(Long.parseLong(arguments.get(1).substring(1)));
        say(Describe.transfer(machine(arguments.getFirst()).raft.transferLeadership(to)));
    }

    private Raft report(List<String> arguments) {
        return machine(arguments.getFirst()).raft;
    }

    private void config(Machine machine) {
        say(
                machine.id
                        + " "
                        + machine.raft.configuration()
                        + " since "
                        + machine.raft.configurationIndex());
    }

    private void timeout(Machine machine) {
        machine.raft.advance(machine.raft.ticksToDeadline());
    }

    private void propose(List<String> arguments) {
        List<byte[]> commands = new ArrayList<>();
        for (String text : arguments.subList(1, arguments.size())) {
            commands.add(text.getBytes(StandardCharsets.UTF_8));
        }
        say(Describe.proposal(machine(arguments.getFirst()).raft.propose(commands)));
    }

    private void read(List<String> arguments) {
        Machine machine = machine(arguments.getFirst());
        monitor.asked(machine, number(arguments.get(1)));
        machine.raft.read(number(arguments.get(1)));
    }

    // ---- work

    private boolean collect(Machine machine) {
        if (!machine.up || !machine.raft.hasReady()) {
            return false;
        }
        machine.collect();
        for (String line : Describe.ready(machine.last).split("\n", -1)) {
            say(line.startsWith("ready") ? machine.id + " " + line : line);
        }
        return true;
    }

    private boolean sync(Machine machine) {
        return machine.sync();
    }

    private boolean work(Machine machine) {
        boolean any = false;
        boolean more = true;
        while (more) {
            boolean collected = collect(machine);
            more = sync(machine) || collected;
            any |= more;
        }
        return any;
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Machine machine : cluster.machines.values()) {
                busy |= work(machine);
                changes();
            }
            List<Message> batch = new ArrayList<>(cluster.wire);
            cluster.wire.clear();
            for (Message message : batch) {
                busy = true;
                if (connected(message)) {
                    cluster.deliver(message);
                    monitor.check();
                }
            }
        }
    }

    private void unlink(List<String> arguments) {
        String one = arguments.getFirst();
        for (String other : arguments.subList(1, arguments.size())) {
            unlinked.add(one + "->" + other);
            unlinked.add(other + "->" + one);
        }
    }

    private boolean connected(Message message) {
        return !deaf.contains(message.from())
                && !deaf.contains(message.to())
                && !unlinked.contains(message.from() + "->" + message.to());
    }

    private void wire(String command, List<String> arguments) {
        String[] ends = arguments.getFirst().split("->", -1);
        List<Message> fitting = new ArrayList<>();
        for (Message message : cluster.wire) {
            if (message.from().equals(machine(ends[0]).id)
                    && message.to().equals(machine(ends[1]).id)) {
                fitting.add(message);
            }
        }
        if (fitting.isEmpty()) {
            say("nothing under way");
            return;
        }
        switch (command) {
            case "repeat" -> deliver(fitting.getFirst());
            case "overtake" -> take(fitting.getLast(), true);
            default -> {
                int count = arguments.size() > 1 ? number(arguments.get(1)) : fitting.size();
                for (Message message : fitting.subList(0, count)) {
                    take(message, command.equals("deliver"));
                }
            }
        }
    }

    private void take(Message message, boolean arrives) {
        cluster.wire.remove(message);
        if (arrives) {
            deliver(message);
        } else {
            say("lost " + describe(message));
        }
    }

    private void deliver(Message message) {
        say("got " + describe(message));
        cluster.deliver(message);
    }

    // ---- printing

    private void progress(Machine machine) {
        for (String line : machine.raft.describeProgress()) {
            say(line);
        }
    }

    private void log(Machine machine) {
        StringBuilder text = new StringBuilder(machine.id + " log");
        for (long i = machine.raft.compactedIndex(); i <= machine.raft.lastIndex(); i++) {
            if (i > 0) {
                text.append(' ').append(machine.raft.termAt(i)).append('/').append(i);
            }
        }
        say(text.toString());
    }

    private static String show(Machine machine) {
        return machine.up ? Describe.member(machine.raft) : machine.id + " is down";
    }

    private static String describe(Message message) {
        if (message instanceof AppendRequest append && !append.entries().isEmpty()) {
            return Describe.message(message) + " [" + Describe.entries(append.entries()) + "]";
        }
        return Describe.message(message);
    }

    private void remember() {
        for (Machine machine : cluster.machines.values()) {
            before.put(machine.id, brief(machine));
        }
    }

    /** Reasons, and what is new about each member's role, term, vote, leader and commit. */
    private void changes() {
        for (Machine machine : cluster.machines.values()) {
            machine.reasons.forEach(reason -> say("  " + machine.id + ": " + reason));
            machine.reasons.clear();
            String now = brief(machine);
            if (!now.equals(before.put(machine.id, now))) {
                say("  " + now);
            }
        }
    }

    private static String brief(Machine machine) {
        Raft raft = machine.raft;
        return machine.id
                + (machine.up
                        ? " is "
                                + raft.role()
                                + " t"
                                + raft.term()
                                + " vote "
                                + raft.votedFor()
                                + " leader "
                                + raft.leader()
                                + " commit "
                                + raft.commit()
                        : " is down");
    }

    private void say(String line) {
        if (silent) {
            return;
        }
        out.append(line).append('\n');
    }

    private Machine machine(String name) {
        Machine machine = cluster.machine(Long.parseLong(name.substring(1)));
        if (machine == null) {
            throw new IllegalArgumentException("no such member: " + name);
        }
        return machine;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
