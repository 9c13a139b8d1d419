package dev.whitewater.raft;

import java.util.List;

/** Immutable copies of the buffers from which a Ready is filled; most hold one item or two. */
final class Copies {

    private Copies() {}

    static <T> List<T> of(List<T> buffer) {
        return switch (buffer.size()) {
            case 0 -> List.of();
            case 1 -> List.of(buffer.get(0));
            case 2 -> List.of(buffer.get(0), buffer.get(1));
            default -> List.copyOf(buffer);
        };
    }
}
