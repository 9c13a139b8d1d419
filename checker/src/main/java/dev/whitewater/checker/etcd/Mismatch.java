package dev.whitewater.checker.etcd;

/**
 * Why an answer can't have been given by a store in this state.
 *
 * @param key the key it is about; empty when it isn't about one
 * @param why completes "because"; empty when all agrees
 * @param surplus 1 if the store held more keys than was told, -1 if fewer, 0 if that isn't known
 */
record Mismatch(String key, String why, int surplus) {
    static final Mismatch NONE = new Mismatch("", "");

    Mismatch(String key, String why) {
        this(key, why, 0);
    }

    boolean isNone() {
        return why.isEmpty();
    }
}
