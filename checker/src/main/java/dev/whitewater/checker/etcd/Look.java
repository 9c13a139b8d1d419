package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

/** What was seen of one key, or must be so for a change to be what it is; null is an absent key. */
sealed interface Look {
    Look PRESENT = new Presence(true);
    Look ABSENT = new Presence(false);

    /** What no store can answer. */
    Look NEVER = new Never();

    boolean holds(Kv held);

    /** It doesn't hold. */
    record Never() implements Look {
        @Override
        public boolean holds(Kv held) {
            return false;
        }
    }

    /** The key was there and looked like this. */
    record Told(Kv told) implements Look {
        @Override
        public boolean holds(Kv held) {
            return held != null && told.tellsOf(held);
        }
    }

    /** The key was there, or it wasn't. */
    record Presence(boolean there) implements Look {
        @Override
        public boolean holds(Kv held) {
            return (held != null) == there;
        }
    }

    /** A comparison held, or it didn't. */
    record Compared(Request.Compare compare, boolean expected) implements Look {
        @Override
        public boolean holds(Kv held) {
            return Store.holdsFor(compare, held) == expected;
        }
    }

    /** A comparison of one key in the plainest form. */
    static Look of(Request.Compare compare, boolean expected) {
        if (!expected || compare.relation() != Request.Relation.EQUAL) {
            return new Compared(compare, expected);
        }
        long to = compare.to() instanceof Value.Int(long number) ? number : 0;
        String key = compare.key();
        Value value = Kv.UNTOLD_VALUE;
        return switch (compare.target()) {
            case VALUE -> new Told(new Kv(key, compare.to(), -1, -1, -1, -1));
            case VERSION -> to == 0 ? ABSENT : new Told(new Kv(key, value, -1, -1, to, -1));
            case CREATE -> to == 0 ? ABSENT : new Told(new Kv(key, value, to, -1, -1, -1));
            case MOD -> to == 0 ? ABSENT : new Told(new Kv(key, value, -1, to, -1, -1));
            case LEASE -> new Compared(compare, true);
        };
    }
}
