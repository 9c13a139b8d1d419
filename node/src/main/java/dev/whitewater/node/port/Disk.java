package dev.whitewater.node.port;

/**
 * A member's data directory, as low as the device: bytes at offsets, and nothing durable until it
 * was synced.
 *
 * <p>Contract: {@link #submit} returns at once and never throws; commands take effect and complete
 * in the order in which they were submitted, each with one {@link DiskResult} that reaches the node
 * as an event. A crash may lose or tear every write whose sync has not completed, and every
 * creation, rename or removal whose directory sync has not. The array inside a command is handed
 * over.
 */
public interface Disk {
    void submit(DiskCommand command);
}
