package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

/**
 * A key as the store holds it, or as an answer tells of it; {@link #UNTOLD} stands for a number
 * that nobody knows, {@link #UNTOLD_VALUE} for such a value.
 *
 * @param create the revision at which the key came into being
 * @param mod the revision at which it was last put
 * @param version how often it was put since
 * @param lease the lease it is attached to, or 0
 */
public record Kv(String key, Value value, long create, long mod, long version, long lease) {
    static final long UNTOLD = -1;
    static final Value UNTOLD_VALUE = new Value.Symbol("untold");

    /** Whether what this tells of a key may be said of what the store holds. */
    boolean tellsOf(Kv held) {
        return (value.equals(UNTOLD_VALUE) || value.equals(held.value()))
                && agree(create, held.create())
                && agree(mod, held.mod())
                && agree(version, held.version())
                && agree(lease, held.lease());
    }

    private static boolean agree(long told, long held) {
        return told == UNTOLD || told == held;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(key);
        if (!value.equals(UNTOLD_VALUE)) {
            text.append(" = ").append(value);
        }
        add(text, "create", create);
        add(text, "mod", mod);
        add(text, "version", version);
        if (lease > 0) {
            add(text, "lease", lease);
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, long number) {
        if (number != UNTOLD) {
            text.append(", ").append(name).append(' ').append(number);
        }
    }
}
