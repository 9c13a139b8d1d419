package dev.whitewater.store.auth;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.StateHash;

import java.util.NavigableSet;
import java.util.TreeSet;

/** A user, and what follows from its roles. */
final class User {
    final Bytes name;

    /** Of the password; empty if there is none. */
    Bytes hash;

    final NavigableSet<Bytes> roles = new TreeSet<>();

    /** Derived from the roles' permissions, and built again whenever one of them changes. */
    Grants reads = new Grants();

    Grants writes = new Grants();

    User(Bytes name, Bytes hash) {
        this.name = name;
        this.hash = hash;
    }

    /** Over all of it, the derived too. */
    long fact() {
        long fact = StateHash.fold(StateHash.fold(5, name.hash64()), hash.hash64());
        for (Bytes role : roles) {
            fact = StateHash.fold(fact, role.hash64());
        }
        return StateHash.fold(StateHash.fold(fact, reads.hash()), writes.hash());
    }
}
