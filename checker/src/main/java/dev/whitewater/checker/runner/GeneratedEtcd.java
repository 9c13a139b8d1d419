package dev.whitewater.checker.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Honest histories of an etcd with revisions, as lines of {@code history.jsonl}: puts, ranges,
 * transactions (some of them nested, or about ranges), deletes of ranges and leases by clients that
 * take turns at random. Its store is its own: a mistake in the checker's isn't repeated here.
 */
public final class GeneratedEtcd {
    private static final int PER_MILLE = 1000;

    private final Shape shape;
    private final SplittableRandom random;
    private final TreeMap<String, long[]> numbers = new TreeMap<>();
    private final TreeMap<String, String> values = new TreeMap<>();
    private final String[] pending;
    private final long[] invokedAt;
    private final List<Integer> leases = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private long revision = 1;
    private long event;
    private int written;
    private int nextLease = 1;

    /**
     * What to generate.
     *
     * @param lostPerMille how many of a thousand operations stay without an answer
     * @param full whether ranges tell all numbers of a key
     */
    public record Shape(int operations, int keys, int clients, int lostPerMille, boolean full) {}

    /** The same seed generates the same history. */
    public GeneratedEtcd(Shape shape, long seed) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
        this.pending = new String[shape.clients()];
        this.invokedAt = new long[shape.clients()];
    }

    /** The history. */
    public byte[] jsonl() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int invoked = 0;
        int open = 0;
        while (invoked < shape.operations() || open > 0) {
            int client = random.nextInt(shape.clients());
            if (pending[client] != null) {
                open--;
                complete(client, pending[client]);
                pending[client] = null;
            } else if (invoked < shape.operations()) {
                open++;
                invoked++;
                pending[client] = kind();
                invokedAt[client] = event++;
            }
            if (text.length() > 1 << 16) {
                out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private String kind() {
        int drawn = random.nextInt(100);
        return drawn < 35
                ? "put"
                : drawn < 60
                        ? "range"
                        : drawn < 85
                                ? "txn"
                                : drawn < 90
                                        ? "delete-range"
                                        : drawn < 93 ? "delete" : drawn < 98 ? "get" : "lease";
    }

    private void complete(int client, String kind) {
        boolean lost = random.nextInt(PER_MILLE) < shape.lostPerMille() && !kind.equals("lease");
        boolean happens = !lost || random.nextBoolean();
        String[] told =
                switch (kind) {
                    case "put" -> put(happens);
                    case "range" -> range();
                    case "txn" -> random.nextInt(4) == 0 ? rich(happens) : txn(happens);
                    case "delete-range" -> deleteRange(happens);
                    case "delete" -> delete(happens);
                    case "get" -> get();
                    default -> lease();
                };
        text.append("{\"client\":").append(client).append(",\"invoke\":");
        text.append(invokedAt[client]).append(",\"return\":");
        text.append(lost ? "null" : Long.toString(event++)).append(',').append(told[0]);
        if (lost) {
            text.append(",\"outcome\":\"unknown\"}\n");
        } else {
            text.append(",\"outcome\":\"ok\",\"result\":").append(told[1]);
            text.append(",\"revision\":").append(revision).append("}\n");
        }
    }

    private String key() {
        return "k" + (PER_MILLE * PER_MILLE + random.nextInt(shape.keys()));
    }

    private String fresh() {
        return "v" + written++;
    }

    private void set(String key, String value, int lease, long at) {
        long[] before = numbers.get(key);
        long create = before == null ? at : before[0];
        long version = before == null ? 1 : before[2] + 1;
        numbers.put(key, new long[] {create, at, version, lease});
        values.put(key, value);
    }

    private String[] put(boolean happens) {
        String key = key();
        String value = fresh();
        int lease =
                !leases.isEmpty() && random.nextInt(20) == 0
                        ? leases.get(random.nextInt(leases.size()))
                        : 0;
        if (happens) {
            set(key, value, lease, ++revision);
        }
        String asked = "\"kind\":\"put\",\"key\":\"" + key + "\",\"value\":\"" + value + '"';
        return new String[] {lease > 0 ? asked + ",\"lease\":" + lease : asked, "null"};
    }

    private String kv(String key) {
        String start = "{\"key\":\"" + key + "\",\"value\":\"" + values.get(key) + '"';
        long[] n = numbers.get(key);
        return shape.full()
                ? start
                        + ",\"create\":"
                        + n[0]
                        + ",\"mod\":"
                        + n[1]
                        + ",\"version\":"
                        + n[2]
                        + ",\"lease\":"
                        + n[3]
                        + '}'
                : start + '}';
    }

    private String[] range() {
        String from = key();
        String end = "k" + (Long.parseLong(from.substring(1)) + 1 + random.nextInt(4));
        SortedMap<String, long[]> found = numbers.subMap(from, end);
        int limit = random.nextInt(3) == 0 ? 2 : 0;
        StringBuilder kvs = new StringBuilder();
        int told = 0;
        for (String key : found.keySet()) {
            if (limit == 0 || told < limit) {
                kvs.append(told++ == 0 ? "" : ",").append(kv(key));
            }
        }
        String asked = "\"kind\":\"range\",\"key\":\"" + from + "\",\"end\":\"" + end + '"';
        return new String[] {
            limit > 0 ? asked + ",\"limit\":" + limit : asked,
            "{\"kvs\":[" + kvs + "],\"count\":" + found.size() + '}'
        };
    }

    private String[] txn(boolean happens) {
        String key = key();
        String other = key();
        long[] held = numbers.get(key);
        long mod = held == null ? 0 : held[1];
        long guess = random.nextInt(4) == 0 ? mod + 1 : mod;
        String value = fresh();
        String more = fresh();
        boolean right = guess == mod;
        String result = "{\"succeeded\":false,\"responses\":[" + found(other) + "]}";
        if (right) {
            result = "{\"succeeded\":true,\"responses\":[null,null]}";
            if (happens) {
                revision++;
                set(key, value, 0, revision);
                set(other, more, 0, revision);
            }
        }
        String asked =
                "\"kind\":\"txn\",\"compare\":[{\"key\":\""
                        + key
                        + "\",\"target\":\"mod\",\"is\":\"=\",\"to\":"
                        + guess
                        + "}],\"then\":["
                        + step(key, value)
                        + ','
                        + step(other, more)
                        + "],\"else\":[{\"kind\":\"range\",\"key\":\""
                        + other
                        + "\"}]";
        return new String[] {asked, result};
    }

    private String[] rich(boolean happens) {
        return switch (random.nextInt(3)) {
            case 0 -> nested(happens);
            case 1 -> mixed(happens);
            default -> guarded(happens);
        };
    }

    private static String asked(String compare, String then, String otherwise) {
        return "\"kind\":\"txn\",\"compare\":["
                + compare
                + "],\"then\":["
                + then
                + "],\"else\":["
                + otherwise
                + ']';
    }

    private static String branch(boolean succeeded, String responses) {
        return "{\"succeeded\":" + succeeded + ",\"responses\":[" + responses + "]}";
    }

    private static String compare(String key, String rest) {
        return "{\"key\":\"" + key + "\"," + rest + '}';
    }

    /** A key that isn't this one: no transaction may put or delete a key twice. */
    private String other(String key) {
        long number = Long.parseLong(key.substring(1)) - PER_MILLE * PER_MILLE;
        return "k" + (PER_MILLE * PER_MILLE + (number + 1) % shape.keys());
    }

    /** A transaction in a transaction; its comparison is of the store before both. */
    private String[] nested(boolean happens) {
        String key = key();
        String other = other(key);
        String value = fresh();
        String more = fresh();
        boolean absent = !numbers.containsKey(key);
        boolean right = numbers.containsKey(other);
        String read = "{\"kind\":\"range\",\"key\":\"" + other + "\"}";
        String isAbsent = "\"target\":\"version\",\"is\":\"=\",\"to\":0";
        String inner = asked(compare(key, isAbsent), step(other, more), read);
        String isThere = "\"target\":\"version\",\"is\":\">\",\"to\":0";
        String then = step(key, value) + ",{" + inner + '}';
        String result = branch(/* succeeded */ false, found(key));
        if (right) {
            result = branch(true, "null," + branch(absent, absent ? "null" : found(other)));
        }
        if (right && happens) {
            set(key, value, 0, ++revision);
        }
        if (right && happens && absent) {
            set(other, more, 0, revision);
        }
        String no = "{\"kind\":\"range\",\"key\":\"" + key + "\"}";
        return new String[] {asked(compare(other, isThere), then, no), result};
    }

    /** Puts one key and deletes another at one revision. */
    private String[] mixed(boolean happens) {
        String key = key();
        String other = other(key);
        String value = fresh();
        String more = fresh();
        boolean there = numbers.containsKey(key);
        if (happens) {
            set(there ? other : key, there ? value : more, 0, ++revision);
        }
        if (happens && there) {
            numbers.remove(key);
            values.remove(key);
        }
        String isThere = "\"target\":\"version\",\"is\":\">\",\"to\":0";
        String then = step(other, value) + ",{\"kind\":\"delete-range\",\"key\":\"" + key + "\"}";
        return new String[] {
            asked(compare(key, isThere), then, step(key, more)),
            branch(there, there ? "null,{\"deleted\":1}" : "null")
        };
    }

    /** A comparison that must hold for all keys of a range. */
    private String[] guarded(boolean happens) {
        String from = key();
        String end = "k" + (Long.parseLong(from.substring(1)) + 3);
        String value = fresh();
        long bound = revision - random.nextInt(20);
        SortedMap<String, long[]> range = numbers.subMap(from, end);
        int count = range.size();
        boolean holds =
                range.isEmpty() ? bound > 0 : range.values().stream().allMatch(n -> n[1] < bound);
        if (happens && holds) {
            set(from, value, 0, ++revision);
        } else if (happens && count > 0) {
            remove(List.copyOf(range.keySet()));
        }
        String part = "\"key\":\"" + from + "\",\"end\":\"" + end + '"';
        String older = '{' + part + ",\"target\":\"mod\",\"is\":\"<\",\"to\":" + bound + '}';
        String delete = "{\"kind\":\"delete-range\"," + part + '}';
        return new String[] {
            asked(older, step(from, value), delete),
            branch(holds, holds ? "null" : "{\"deleted\":" + count + '}')
        };
    }

    private static String step(String key, String value) {
        return "{\"kind\":\"put\",\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
    }

    private String found(String key) {
        return "{\"kvs\":[" + (numbers.containsKey(key) ? kv(key) : "") + "]}";
    }

    private int remove(List<String> keys) {
        for (String key : keys) {
            numbers.remove(key);
            values.remove(key);
        }
        revision += keys.isEmpty() ? 0 : 1;
        return keys.size();
    }

    private String[] deleteRange(boolean happens) {
        String from = key();
        String end = "k" + (Long.parseLong(from.substring(1)) + 3);
        int count = happens ? remove(List.copyOf(numbers.subMap(from, end).keySet())) : 0;
        return new String[] {
            "\"kind\":\"delete-range\",\"key\":\"" + from + "\",\"end\":\"" + end + '"',
            "{\"deleted\":" + count + '}'
        };
    }

    private String[] delete(boolean happens) {
        String key = key();
        int count = happens && numbers.containsKey(key) ? remove(List.of(key)) : 0;
        return new String[] {"\"kind\":\"delete\",\"key\":\"" + key + '"', "" + count};
    }

    private String[] get() {
        String key = key();
        String held = values.get(key);
        return new String[] {
            "\"kind\":\"get\",\"key\":\"" + key + '"', held == null ? "null" : '"' + held + '"'
        };
    }

    private String[] lease() {
        if (leases.size() < 3 || random.nextBoolean()) {
            leases.add(nextLease);
            return new String[] {
                "\"kind\":\"lease-grant\",\"key\":\"\",\"ttl\":60,\"lease\":" + nextLease++, "null"
            };
        }
        int lease = leases.remove(/* index */ random.nextInt(leases.size()));
        List<String> attached = new ArrayList<>();
        for (Map.Entry<String, long[]> entry : numbers.entrySet()) {
            if (entry.getValue()[3] == lease) {
                attached.add(entry.getKey());
            }
        }
        remove(attached);
        return new String[] {"\"kind\":\"lease-revoke\",\"key\":\"\",\"lease\":" + lease, "null"};
    }
}
