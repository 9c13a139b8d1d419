package dev.whitewater.node;

import dev.whitewater.node.wire.PeerRequest;

import java.util.Arrays;

/**
 * The tickets that a leader has taken from one member, so that a write which the network delivers
 * twice is proposed once.
 *
 * <p>Remembers the last {@link #REMEMBERED} of the asker's present life; what is older counts as
 * taken, for it may have been.
 */
final class Tickets {

    static final int REMEMBERED = 4096;

    private final long[] taken = new long[REMEMBERED];
    private long newest;

    /** Whether this is the first time; it is not after this call. */
    boolean take(long ticket) {
        if (PeerRequest.life(ticket) < PeerRequest.life(newest)) {
            return false;
        }
        if (PeerRequest.life(ticket) > PeerRequest.life(newest)) {
            Arrays.fill(taken, 0);
            newest = ticket;
        } else if (ticket <= newest - REMEMBERED) {
            return false;
        }
        newest = Math.max(newest, ticket);
        int at = (int) (ticket % REMEMBERED);
        // A slot holds the newest of all tickets that share it, and older ones are refused above.
        if (taken[at] >= ticket) {
            return false;
        }
        taken[at] = ticket;
        return true;
    }
}
