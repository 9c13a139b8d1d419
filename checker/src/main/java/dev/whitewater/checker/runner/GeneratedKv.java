package dev.whitewater.checker.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Honest histories of puts of unique values and gets for the benchmark, written as EDN lines as
 * Jepsen writes them. Clients take turns at random; an operation takes effect when it returns or
 * somewhere before.
 */
public final class GeneratedKv {
    private final Shape shape;
    private final SplittableRandom random;
    private final String[] state;
    private final Pending[] pending;
    private final StringBuilder text = new StringBuilder();
    private int invoked;
    private int process;

    /**
     * What to generate.
     *
     * @param infoPerMille how many of a thousand puts stay without an answer
     * @param stale whether one get near the end sees an old value
     */
    public record Shape(int operations, int keys, int clients, int infoPerMille, boolean stale) {}

    private record Pending(int process, int key, String written, boolean put) {}

    /** The same seed generates the same history. */
    public GeneratedKv(Shape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
        this.state = new String[shape.keys()];
        this.pending = new Pending[shape.clients()];
        this.process = shape.clients();
    }

    /** The history as EDN lines. */
    public byte[] edn() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int open = 0;
        int[] processes = new int[shape.clients()];
        for (int i = 0; i < processes.length; i++) {
            processes[i] = i;
        }
        while (invoked < shape.operations() || open > 0) {
            int client = random.nextInt(shape.clients());
            if (pending[client] != null) {
                open--;
                processes[client] = complete(client);
            } else if (invoked < shape.operations()) {
                open++;
                invoke(client, processes[client]);
            }
            if (text.length() > 1 << 16) {
                out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private void invoke(int client, int by) {
        int key = random.nextInt(shape.keys());
        boolean put = random.nextBoolean();
        String value = put ? "v" + invoked : "";
        invoked++;
        pending[client] = new Pending(by, key, value, put);
        line(by, "invoke", put ? "put" : "get", key, put ? value : null);
    }

    private int complete(int client) {
        Pending operation = pending[client];
        pending[client] = null;
        boolean lost = operation.put() && random.nextInt(1000) < shape.infoPerMille();
        String function = operation.put() ? "put" : "get";
        String seen = state[operation.key()] == null ? "" : state[operation.key()];
        if (operation.put() && (!lost || random.nextBoolean())) {
            state[operation.key()] = operation.written();
        }
        boolean stale = shape.stale() && invoked == shape.operations() && !operation.put();
        String answer = operation.put() ? operation.written() : stale ? "v-old" : seen;
        line(operation.process(), lost ? "info" : "ok", function, operation.key(), answer);
        return lost ? process++ : operation.process();
    }

    private void line(int by, String type, String function, int key, String value) {
        text.append("{:process ").append(by).append(", :type :").append(type);
        text.append(", :f :").append(function).append(", :key \"").append(key);
        text.append("\", :value ");
        if (value == null) {
            text.append("nil");
        } else {
            text.append('"').append(value).append('"');
        }
        text.append("}\n");
    }
}
