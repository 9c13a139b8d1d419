package dev.whitewater.store;

/**
 * Writes one key.
 *
 * @param lease attaches the key to this lease; 0 detaches it
 * @param previous the answer carries what stood there before
 * @param ignoreValue keeps the value the key has; refused if there is no key
 * @param ignoreLease keeps the lease the key has; refused if there is no key
 */
public record Put(
        Bytes key,
        Bytes value,
        long lease,
        boolean previous,
        boolean ignoreValue,
        boolean ignoreLease)
        implements Operation {

    public static Put of(Bytes key, Bytes value) {
        return new Put(key, value, 0, false, false, false);
    }

    public Put withLease(long id) {
        return new Put(key, value, id, previous, ignoreValue, ignoreLease);
    }

    public Put withPrevious() {
        return new Put(key, value, lease, true, ignoreValue, ignoreLease);
    }

    public Put keepingValue() {
        return new Put(key, Bytes.EMPTY, lease, previous, true, ignoreLease);
    }

    public Put keepingLease() {
        return new Put(key, value, 0, previous, ignoreValue, true);
    }
}
