package dev.whitewater.server.trespass;

import dev.whitewater.node.wal.Wal;

/** What must not be in the server: a log of its own. */
public final class KeepsALog {

    private final Wal wal;

    public KeepsALog(Wal wal) {
        this.wal = wal;
    }

    public long durable() {
        return wal.durableBytes();
    }
}
