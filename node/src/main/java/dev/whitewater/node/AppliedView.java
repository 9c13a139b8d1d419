package dev.whitewater.node;

/** The entries that one event applied, in order; valid until the next event. */
public interface AppliedView {

    /** Where the snapshot ended that replaced the store before these entries; 0 for none. */
    long restoredIndex();

    /** {@code Store.hash()} right after that. */
    long restoredHash();

    int size();

    long index(int i);

    long term(int i);

    /** The member that proposed the command; 0 for an entry that carries none. */
    long proposer(int i);

    /** The proposer's name for the request; 0 for an entry that carries none. */
    long requestId(int i);

    /** {@code Store.hash()} after this entry and before the next. */
    long storeHash(int i);
}
