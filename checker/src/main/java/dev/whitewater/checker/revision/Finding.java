package dev.whitewater.checker.revision;

/** What the check by revisions found. */
public sealed interface Finding {
    /** Nothing is broken; the operations in an order that explains all answers. */
    @SuppressWarnings("ArrayRecordComponent")
    record Ordered(int[] operations) implements Finding {}

    /** A broken rule and the operations that show it; {@code at} is the one that can't be. */
    @SuppressWarnings("ArrayRecordComponent")
    record Broken(String rule, String sentence, int at, int... operations) implements Finding {}

    /** The history doesn't tell enough. */
    record Undecided(String reason) implements Finding {}
}
