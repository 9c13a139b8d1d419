package dev.whitewater.checker.elle.sim;

import dev.whitewater.checker.elle.OpType;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.checker.elle.graph.IntList;

import java.util.ArrayList;
import java.util.List;

/**
 * A database of lists in memory, with clients that take turns by chance, under a chosen isolation.
 * It does what its isolation allows and nothing worse, which makes its histories an answer to "what
 * are you?" that a checker has to get right. The same plan and seed give the same history.
 */
public final class SimulatedDatabase {
    private static final int STALENESS = 20;

    private final SimulationPlan plan;
    private final Isolation isolation;
    private final Chance chance;
    private final EventSink sink;
    private final List<Key> data = new ArrayList<>();
    private final int[] active;
    private final List<Client> clients = new ArrayList<>();
    private int begun;
    private int clock;
    private int processes;
    private int[] scratch = new int[64];

    private SimulatedDatabase(SimulationPlan plan, Isolation isolation, long seed, EventSink sink) {
        this.plan = plan;
        this.isolation = isolation;
        this.chance = new Chance(seed);
        this.sink = sink;
        this.active = new int[plan.keys()];
        for (int i = 0; i < active.length; i++) {
            active[i] = i;
            data.add(newKey());
        }
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(new Client(processes++));
        }
    }

    /** Runs the plan and tells a sink all that happens. */
    public static void run(SimulationPlan plan, Isolation isolation, long seed, EventSink sink) {
        new SimulatedDatabase(plan, isolation, seed, sink).run();
    }

    /** Runs the plan and returns what its clients did and saw. */
    public static TransactionHistory history(
            SimulationPlan plan, Isolation isolation, long seed, Workload workload) {
        BuilderSink sink = new BuilderSink(workload);
        run(plan, isolation, seed, sink);
        return sink.history();
    }

    private void run() {
        int idle = 0;
        while (idle < clients.size()) {
            Client client = clients.get(idle + chance.below(clients.size() - idle));
            if (!step(client)) {
                // Nothing left to begin: move the client to the front, among those that are done.
                clients.remove(client);
                clients.addFirst(client);
                idle++;
            }
        }
    }

    private boolean step(Client client) {
        if (client.operations.isEmpty()) {
            return begin(client);
        }
        if (client.next < client.operations.size()) {
            if (isolation != Isolation.STRICT_SERIALIZABLE) {
                execute(client, client.operations.get(client.next));
                client.next++;
            } else {
                client.next = client.operations.size();
            }
        } else if (!client.decided) {
            decide(client);
        } else {
            answer(client);
        }
        return true;
    }

    private boolean begin(Client client) {
        if (begun == plan.transactions()) {
            return false;
        }
        begun++;
        int count = 1 + chance.below(plan.operationsMax());
        boolean writes = false;
        for (int i = 0; i < count; i++) {
            Operation operation = chance.percent(50) ? write() : new Operation(false, key(), 0);
            writes |= operation.writes;
            client.operations.add(operation);
        }
        client.snapshot = snapshot(client, writes);
        client.atOnce = writes;
        tell(client, OpType.INVOKE);
        return true;
    }

    private int snapshot(Client client, boolean writes) {
        int stale = Math.max(0, clock - chance.below(STALENESS));
        return switch (isolation) {
            case SERIALIZABLE -> writes ? clock : stale;
            case SESSION_SERIALIZABLE -> writes ? clock : Math.max(client.knows, stale);
            default -> clock;
        };
    }

    private int key() {
        int place = Long.numberOfTrailingZeros(chance.nextLong() | 1L << 62);
        return active[place % active.length];
    }

    private Operation write() {
        int place = Long.numberOfTrailingZeros(chance.nextLong() | 1L << 62) % active.length;
        if (data.get(active[place]).given == data.get(active[place]).limit) {
            active[place] = data.size();
            data.add(newKey());
        }
        return new Operation(true, active[place], ++data.get(active[place]).given);
    }

    /** A key that takes some number of writes: each order of magnitude is as likely as another. */
    private Key newKey() {
        int magnitudes = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(plan.writesPerKey() - 1);
        int magnitude = 1 << chance.below(magnitudes);
        return new Key(Math.min(plan.writesPerKey(), 1 + chance.below(magnitude)));
    }

    /** One operation as the isolation has it; those that happen at the end are left for then. */
    private void execute(Client client, Operation operation) {
        Key key = data.get(operation.key);
        switch (isolation) {
            case READ_UNCOMMITTED -> {
                if (operation.writes) {
                    key.add(operation.value, ++clock);
                }
                operation.seen = key.elements.size();
            }
            case READ_COMMITTED -> {
                if (operation.writes) {
                    client.doomed |= !key.lock(client);
                }
                operation.seen = key.elements.size();
            }
            case SNAPSHOT_ISOLATION -> operation.seen = key.sizeAt(client.snapshot);
            default -> {
                if (!client.atOnce) {
                    operation.seen = key.sizeAt(client.snapshot);
                }
            }
        }
    }

    /** Commits or aborts. */
    private void decide(Client client) {
        client.decided = true;
        boolean lost = chance.percent(plan.infoPercent());
        client.committed = !chance.percent(plan.abortPercent()) && !conflicts(client);
        for (Operation operation : client.operations) {
            data.get(operation.key).unlock(client);
        }
        client.answer = client.committed ? OpType.OK : OpType.FAIL;
        if (lost) {
            client.answer = OpType.INFO;
        }
        if (!client.committed) {
            return;
        }
        if (happensNow(client)) {
            for (Operation operation : client.operations) {
                operation.seen = data.get(operation.key).elements.size();
            }
        }
        if (isolation != Isolation.READ_UNCOMMITTED) {
            clock++;
            for (Operation operation : client.operations) {
                if (operation.writes) {
                    data.get(operation.key).add(operation.value, clock);
                }
            }
        }
        client.knows = Math.max(client.knows, client.atOnce ? clock : client.snapshot);
    }

    private boolean happensNow(Client client) {
        return switch (isolation) {
            case STRICT_SERIALIZABLE -> true;
            case SERIALIZABLE, SESSION_SERIALIZABLE -> client.atOnce;
            case SNAPSHOT_ISOLATION, READ_COMMITTED, READ_UNCOMMITTED -> false;
        };
    }

    private boolean conflicts(Client client) {
        if (isolation != Isolation.SNAPSHOT_ISOLATION) {
            return client.doomed;
        }
        for (Operation operation : client.operations) {
            if (operation.writes && data.get(operation.key).changedAfter(client.snapshot)) {
                return true;
            }
        }
        return false;
    }

    private void answer(Client client) {
        tell(client, client.answer);
        if (client.answer == OpType.INFO) {
            // A client whose answer was lost goes on under a new name.
            client.process = processes++;
            client.knows = 0;
        }
        client.operations.clear();
        client.next = 0;
        client.decided = false;
        client.doomed = false;
    }

    private void tell(Client client, OpType type) {
        sink.begin(type, client.process);
        for (int i = 0; i < client.operations.size(); i++) {
            Operation operation = client.operations.get(i);
            if (operation.writes) {
                sink.write(operation.key, operation.value);
            } else if (type == OpType.OK) {
                int count = content(client, i);
                sink.read(operation.key, scratch, count);
            } else {
                sink.readBlind(operation.key);
            }
        }
        sink.end();
    }

    /**
     * What a read returned: the elements it saw, and those its own transaction had added before.
     */
    private int content(Client client, int at) {
        Operation read = client.operations.get(at);
        int count = read.seen;
        if (scratch.length < count + at) {
            scratch = new int[(count + at) * 2];
        }
        System.arraycopy(data.get(read.key).elements.array(), 0, scratch, 0, count);
        for (int i = 0; isolation != Isolation.READ_UNCOMMITTED && i < at; i++) {
            Operation before = client.operations.get(i);
            if (before.writes && before.key == read.key) {
                scratch[count++] = before.value;
            }
        }
        return count;
    }

    /** A list, with the time at which each element became visible. */
    private static final class Key {
        private final IntList elements = new IntList(4);
        private final IntList times = new IntList(4);
        private final List<Client> owner = new ArrayList<>(1);
        private final int limit;
        private int given;

        Key(int limit) {
            this.limit = limit;
        }

        private void add(int element, int time) {
            elements.add(element);
            times.add(time);
        }

        private int sizeAt(int time) {
            int size = times.size();
            while (size > 0 && times.get(size - 1) > time) {
                size--;
            }
            return size;
        }

        /** Takes the key for writing until the end of the transaction, unless another has it. */
        private boolean lock(Client client) {
            if (owner.isEmpty()) {
                owner.add(client);
            }
            return owner.getFirst() == client;
        }

        private void unlock(Client client) {
            owner.remove(client);
        }

        private boolean changedAfter(int time) {
            return !times.isEmpty() && times.last() > time;
        }
    }

    private static final class Operation {
        private final boolean writes;
        private final int key;
        private final int value;
        private int seen;

        Operation(boolean writes, int key, int value) {
            this.writes = writes;
            this.key = key;
            this.value = value;
        }
    }

    private static final class Client {
        private final List<Operation> operations = new ArrayList<>();
        private int process;
        private int next;
        private int snapshot;
        private int knows;
        private boolean atOnce;
        private boolean doomed;
        private boolean decided;
        private boolean committed;
        private OpType answer = OpType.OK;

        Client(int process) {
            this.process = process;
        }
    }
}
