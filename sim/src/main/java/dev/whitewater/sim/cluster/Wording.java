package dev.whitewater.sim.cluster;

import dev.whitewater.node.port.DiskCommand;

import java.util.Arrays;

/** Words and hashes for what members exchange with the world. */
final class Wording {

    private Wording() {}

    static String describe(DiskCommand command) {
        return switch (command) {
            case DiskCommand.ListFiles _ -> "listed files";
            case DiskCommand.Read it ->
                    "read " + it.length() + " bytes of " + it.file() + " at " + it.offset();
            case DiskCommand.Write it ->
                    (it.sync() ? "wrote and synced " : "wrote ")
                            + it.bytes().length
                            + " bytes of "
                            + it.file()
                            + " at "
                            + it.offset();
            case DiskCommand.Truncate it -> "truncated " + it.file() + " to " + it.length();
            case DiskCommand.Sync it -> "synced " + it.file();
            case DiskCommand.Rename it -> "renamed " + it.from() + " to " + it.to();
            case DiskCommand.Delete it -> "deleted " + it.file();
            case DiskCommand.SyncDirectory _ -> "synced the directory";
        };
    }

    /** Tells commands apart by all that they do. */
    static long hash(DiskCommand command) {
        return switch (command) {
            case DiskCommand.ListFiles it -> it.id();
            case DiskCommand.Read it -> it.id() * 31 + it.offset() ^ it.length();
            case DiskCommand.Write it ->
                    it.id() * 31 + it.offset() ^ (long) Arrays.hashCode(it.bytes()) << 16;
            case DiskCommand.Truncate it -> it.id() * 31 + it.length();
            case DiskCommand.Sync it -> it.id();
            case DiskCommand.Rename it -> it.id() * 31 + it.to().hashCode();
            case DiskCommand.Delete it -> it.id() * 31 + it.file().hashCode();
            case DiskCommand.SyncDirectory it -> it.id();
        };
    }
}
