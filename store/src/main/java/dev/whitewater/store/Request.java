package dev.whitewater.store;

/**
 * What a client may ask the state machine to do; every one is deterministic in the state it is
 * applied to.
 */
public sealed interface Request
        permits Operation,
                LeaseRequest,
                MaintenanceRequest,
                AuthRequest,
                MemberRequest,
                Attributed {}
