package dev.whitewater.raft;

import dev.whitewater.raft.Cluster.Machine;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster in which anything happens at any moment: messages are lost, doubled and overtaken,
 * disks lag, machines crash and lose what was not synced, links are cut, time passes unevenly.
 */
final class Soup {

    private final Dice dice;
    private final Cluster cluster;
    private final Monitor monitor;
    private final List<Machine> machines;
    private final boolean[][] cut;
    private final int impatience;
    private final int crashOneIn;
    private boolean steady;
    private long context;
    private int proposals;

    Soup(long seed, Cluster cluster) {
        this.dice = new Dice(seed);
        this.cluster = cluster;
        this.monitor = new Monitor(cluster);
        this.machines = new ArrayList<>(cluster.machines.values());
        this.impatience = dice.below(4);
        this.crashOneIn = 1 + dice.below(4);
        this.cut = new boolean[machines.size()][machines.size()];
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            act(dice.below(changing() ? 206 : 200));
            monitor.check();
        }
    }

    /** How many leaderships and applied entries there were. */
    String achieved() {
        return monitor.leaders() + " leaders, " + monitor.committed() + " entries";
    }

    /** Heals everything and demands that the cluster agrees on a fresh write. */
    void healAndAgree() {
        cluster.wire.clear();
        machines.stream().filter(machine -> !machine.up).forEach(this::restart);
        for (int tick = 0; tick < 40 * Cluster.ELECTION; tick++) {
            machines.forEach(machine -> machine.raft.advance(1));
            cluster.settle();
            monitor.check();
        }
        Machine leader =
                machines.stream()
                        .filter(machine -> machine.raft.role() == RoleKind.LEADER)
                        .max((a, b) -> Long.compare(a.raft.term(), b.raft.term()))
                        .orElseThrow(() -> new AssertionError("no leader after healing"));
        leader.raft.propose("fresh".getBytes(StandardCharsets.UTF_8));
        cluster.settle();
        monitor.check();
        for (NodeId id : leader.raft.configuration().members()) {
            Machine machine = cluster.machines.get(id);
            Check.equal("converged", leader.raft.lastIndex(), machine.raft.applied());
        }
    }

    private void act(int what) {
        Machine machine = machines.get(dice.below(machines.size()));
        if (what < 80) {
            deliverOne();
        } else if (what < 120) {
            machine.collect();
        } else if (what < 155) {
            machine.sync();
        } else if (what < 175) {
            age(machine);
        } else if (what < 188) {
            propose();
        } else if (what < 196) {
            read(machine);
        } else if (what < 197 && dice.oneIn(2)) {
            recut();
        } else if (what < 198 && machine.up && dice.oneIn(crashOneIn)) {
            machine.crash();
        } else if (what < 200 && !machine.up) {
            restart(machine);
        } else if (what >= 200 && machine.up) {
            operate(what, machine);
        }
    }

    /** Whether there are machines to be added, and so an operator who does such things. */
    private boolean changing() {
        return cluster.initialMembers() < machines.size();
    }

    private void operate(int what, Machine machine) {
        switch (what) {
            case 200, 201 -> machine.snapshot();
            case 202, 203 -> leaders().forEach(this::changeMembers);
            case 204 -> leaders().forEach(leader -> leader.raft.transferLeadership(anyone()));
            default ->
                    leaders()
                            .forEach(
                                    leader -> {
                                        leader.raft.leaveJoint();
                                        leader.raft.reportSnapshotFailed(anyone());
                                        leader.raft.reportUnreachable(anyone());
                                    });
        }
    }

    private List<Machine> leaders() {
        return machines.stream()
                .filter(machine -> machine.up && machine.raft.role() == RoleKind.LEADER)
                .toList();
    }

    private NodeId anyone() {
        return machines.get(dice.below(machines.size())).id;
    }

    private void changeMembers(Machine leader) {
        List<MemberChange> changes = new ArrayList<>();
        for (int i = dice.below(3); i >= 0; i--) {
            MemberChange.Kind[] kinds = MemberChange.Kind.values();
            changes.add(new MemberChange(kinds[dice.below(kinds.length)], anyone()));
        }
        ChangeMode[] modes = ChangeMode.values();
        leader.raft.changeMembership(changes, modes[dice.below(modes.length)]);
    }

    /** All clocks run alike from here on: leases hold only then. */
    Soup withSteadyClocks() {
        steady = true;
        return this;
    }

    private void age(Machine machine) {
        if (steady) {
            machines.forEach(each -> each.ageTo(1));
        } else {
            machine.ageTo(1 + dice.below(3 + impatience));
        }
    }

    private void restart(Machine machine) {
        machine.restart();
        monitor.restarted(machine);
    }

    private void deliverOne() {
        if (cluster.wire.isEmpty()) {
            return;
        }
        int at = dice.oneIn(2) ? 0 : dice.below(cluster.wire.size());
        Message message = cluster.wire.get(at);
        if (!dice.oneIn(20)) {
            cluster.wire.remove(at);
        }
        if (!dice.oneIn(20) && !cut[place(message.from())][place(message.to())]) {
            cluster.deliver(message);
        }
    }

    private int place(NodeId id) {
        return (int) id.value() - 1;
    }

    private void propose() {
        for (Machine machine : machines) {
            boolean takes = cluster.forwarding || machine.raft.role() == RoleKind.LEADER;
            if (machine.up && takes) {
                String text = "p" + proposals++;
                machine.raft.propose(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void read(Machine machine) {
        if (machine.up) {
            context++;
            monitor.asked(machine, context);
            machine.raft.read(context);
        }
    }

    private int aLeader() {
        for (int i = 0; i < machines.size(); i++) {
            if (machines.get(i).raft.role() == RoleKind.LEADER) {
                return i;
            }
        }
        return 0;
    }

    /** Cuts one machine off, or a random set of one-way links, or heals all. */
    private void recut() {
        int shape = dice.below(3);
        int alone = dice.oneIn(2) ? dice.below(machines.size()) : aLeader();
        for (int from = 0; from < machines.size(); from++) {
            for (int to = 0; to < machines.size(); to++) {
                cut[from][to] =
                        (shape == 1 && (from == alone || to == alone))
                                || (shape == 2 && dice.oneIn(3));
            }
        }
    }
}
