package dev.whitewater.node.port;

/**
 * Places between two effects of one event, or right after a step of a longer protocol, at which the
 * death of the process is most likely to leave something half done.
 */
public enum CrashPoint {
    /** A record is on its way to the log; what the same event does after it is not. */
    RECORD_SUBMITTED,
    /** The first record of a segment is on its way, the sync that makes its name last is not. */
    SEGMENT_BEGUN,
    /** A segment is being removed, the directory is not asked to sync. */
    SEGMENT_REMOVED,
    /** The store carries an entry of which nobody was told. */
    ENTRY_APPLIED,
    /** Some of the versions that a compaction gives up are gone, others not. */
    VERSIONS_REMOVED,
    /** Some of the store's versions are packed anew on an operator's request, others not. */
    STORE_PACKED,
    /** The store is being read for a snapshot, and nothing of it is on its way to the disk. */
    SNAPSHOT_BEGUN,
    /** Part of a snapshot's file is on its way to the disk. */
    SNAPSHOT_CHUNK_WRITTEN,
    /** All of it is written, nothing synced. */
    SNAPSHOT_WRITTEN,
    /** The file is durable under its unfinished name. */
    SNAPSHOT_SYNCED,
    /** It has its name, but the directory is not synced. */
    SNAPSHOT_RENAMED,
    /** A snapshot is durable and neither the core nor the log knows. */
    SNAPSHOT_STORED,
    /** The core has let go of the log behind a snapshot, the disk still has it. */
    LOG_COMPACTED,
    /** Part of a leader's snapshot is on its way to the disk. */
    SNAPSHOT_CHUNK_RECEIVED,
    /** A leader's snapshot is durable and the core has not heard of it. */
    SNAPSHOT_RECEIVED,
    /** It has replaced the store, and the log does not say so. */
    SNAPSHOT_RESTORED,
    /** The log says so, and the file has not got its name. */
    SNAPSHOT_RECORDED,
    /** It has its name, and those before it are still there. */
    SNAPSHOT_INSTALLED,
    /** Recovery has read the log and the snapshots and has repaired nothing but them. */
    RECOVERED
}
