package dev.whitewater.sim.random;

/**
 * What a decision is about. Its code is part of every key, so that two kinds of decisions with
 * equal keys are independent; codes are frozen and never given to another purpose.
 */
public enum Purpose {
    FRAME_DELAY(1),
    FRAME_LOSS(2),
    FRAME_DUPLICATION(3),
    FRAME_REORDER(4),
    FRAME_LATE(5),
    FRAME_FAULT_LOSS(6),
    DUPLICATE_DELAY(7),
    DISK_WRITE_LATENCY(8),
    DISK_SYNC_LATENCY(9),
    DISK_SLOW(10),
    DISK_FAULT_SLOW(11),
    WRITE_SURVIVES(12),
    WRITE_TEARS(13),
    SECTOR_SURVIVES(14),
    DIRECTORY_CHANGE_SURVIVES(15),
    CLOCK_OFFSET(16),
    CLOCK_DRIFT(17),
    ELECTION_JITTER(18),
    FAULT_TARGET(19),
    CLIENT_OPERATION(20),
    CLIENT_KEY(21),
    CLIENT_MEMBER(22),
    CLIENT_THINK(23),
    CLIENT_REQUEST_DELAY(24),
    CLIENT_REQUEST_LOSS(25),
    CLIENT_REPLY_DELAY(26),
    CLIENT_REPLY_LOSS(27),
    CLIENT_EXPECTATION(28),
    DISK_ERROR(29),
    DISK_DAMAGE(30),
    KILL_REACHES(31),
    LINK_FAULT_DELAY(32),
    SWIZZLE_ORDER(33),
    RESTART_CONFIG(34),
    OPERATOR_MODE(35),
    OPERATOR_DELAY(36),
    OPERATOR_LIST(37),
    CLIENT_MANNER(60),
    CLIENT_RANGE(61),
    CLIENT_TXN(62),
    CLIENT_COMPACTION(63),
    WATCHER_THINK(64),
    WATCHER_ACT(65),
    WATCH_DELAY(66),
    CLIENT_LEASE(67),
    CLIENT_LOCK(68),
    CLIENT_LIST(69),
    CLIENT_USER(70);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
