package dev.whitewater.node.port;

import java.util.List;

/** The end of the {@link DiskCommand} with the same {@code id}. */
public sealed interface DiskResult {

    long id();

    /** The command took effect. */
    record Done(long id) implements DiskResult {}

    /** The answer to {@link DiskCommand.ListFiles}. */
    record Listed(long id, List<FileInfo> files) implements DiskResult {}

    /** The answer to {@link DiskCommand.Read}. */
    record Content(long id, byte[] bytes) implements DiskResult {}

    /** The command did not take effect, or it is unknown how far it did. */
    record Failed(long id, DiskError error, String detail) implements DiskResult {}

    record FileInfo(String name, long size) {}

    /** What a device says when it can't. */
    enum DiskError {
        NO_SUCH_FILE,
        INPUT_OUTPUT,
        NO_SPACE
    }
}
