package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.EntryId;

import java.util.List;

/**
 * A state that one member can be in, and what the checks need to know of it.
 *
 * @param origin the disk from which the member started
 * @param inputs what has happened to it since
 * @param hashes of the state's text, under each renaming of the members
 */
record MemberState(
        int place,
        Machine.Disk origin,
        List<Integer> inputs,
        Facts facts,
        boolean isWriting,
        Hash hashes) {

    /** Of the member's core and disk. */
    record Facts(
            RoleKind role,
            long term,
            long durableTerm,
            long commit,
            List<EntryId> log,
            List<EntryId> durable,
            List<Long> match) {}

    /** One number for each renaming. */
    record Hash(long[] values) {
        long under(int renaming) {
            return values[renaming];
        }
    }
}
