package dev.whitewater.node.snapshot;

/**
 * How a snapshot is sent to a member.
 *
 * @param chunkBytes what one frame carries
 * @param windowChunks frames on their way at once to one member
 * @param bytesPerSecond to all members together; 0 for no limit
 */
public record TransferLimits(int chunkBytes, int windowChunks, long bytesPerSecond) {

    public static final TransferLimits DEFAULT = new TransferLimits(64 * 1024, 8, 100_000_000);

    public TransferLimits {
        require(chunkBytes >= 1, "chunkBytes", "1 or more", chunkBytes);
        require(windowChunks >= 1, "windowChunks", "1 or more", windowChunks);
        require(bytesPerSecond >= 0, "bytesPerSecond", "0 or more", bytesPerSecond);
    }

    private static void require(boolean holds, String field, String expected, long got) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": expected " + expected + ", got " + got);
        }
    }
}
