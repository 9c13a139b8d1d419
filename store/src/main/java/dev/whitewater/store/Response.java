package dev.whitewater.store;

/** What the state machine answers. Everything but {@link Rejected} took place. */
public sealed interface Response
        permits PutResponse,
                RangeResponse,
                DeleteRangeResponse,
                TxnResponse,
                LeaseResponse,
                MaintenanceResponse,
                AuthResponse,
                MembersResponse,
                Rejected {}
