package dev.whitewater.raft;

/** How a configuration is changed (thesis §4.1, §4.3). */
public enum ChangeMode {
    /**
     * In one step if at most one voter comes or goes; else jointly, leaving the joint configuration
     * as soon as it is committed.
     */
    AUTOMATIC,
    /** Through a joint configuration that is left as soon as it is committed. */
    JOINT,
    /** Through a joint configuration that stays until {@code Raft.leaveJoint()}. */
    JOINT_EXPLICIT
}
