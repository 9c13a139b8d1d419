package dev.whitewater.store;

/** What a role may do with some keys. */
public record Permission(Access access, KeyRange keys) {

    /** The kinds of access. */
    public enum Access {
        READ,
        WRITE,
        READ_WRITE;

        public boolean reads() {
            return this != WRITE;
        }

        public boolean writes() {
            return this != READ;
        }
    }
}
