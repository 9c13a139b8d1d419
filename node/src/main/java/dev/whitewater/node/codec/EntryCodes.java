package dev.whitewater.node.codec;

import dev.whitewater.raft.message.EntryKind;

/** The numbers that stand for entry kinds on disk and on the wire; they are never given anew. */
public final class EntryCodes {

    private EntryCodes() {}

    public static int code(EntryKind kind) {
        return switch (kind) {
            case NOOP -> 1;
            case COMMAND -> 2;
            case CONFIGURATION -> 3;
        };
    }

    public static EntryKind kind(int code) {
        return switch (code) {
            case 1 -> EntryKind.NOOP;
            case 2 -> EntryKind.COMMAND;
            case 3 -> EntryKind.CONFIGURATION;
            default -> throw new Malformed("unknown entry kind " + code);
        };
    }
}
