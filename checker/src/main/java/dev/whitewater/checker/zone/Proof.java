package dev.whitewater.checker.zone;

/**
 * The operations that prove a key broken.
 *
 * @param seenBy operations that show that unanswered ones among the others took effect
 * @param operations in the order that the kind tells
 */
@SuppressWarnings("ArrayRecordComponent")
public record Proof(Kind kind, int[] seenBy, int... operations) {
    private static final int[] NOBODY = {};

    Proof(Kind kind, int... operations) {
        this(kind, NOBODY, operations);
    }

    Proof with(int... witnesses) {
        return new Proof(kind, witnesses, operations);
    }

    /** Why no order exists. */
    public enum Kind {
        /** One operation saw what nobody wrote, or (two) what was written only later. */
        UNWRITTEN,
        /** Operations on two values, each of which must stand before the other. */
        CLASH,
        /**
         * Of two runs of values, each joined by compare-and-sets, each must stand before the other:
         * the first returned before the fourth was called, the third before the second. -1 stands
         * for the initial value, which was there before all.
         */
        JOINED_CLASH,
        /**
         * The first returned before the second was called; but the other ones, compare-and-sets,
         * lead from the second's value to the first's.
         */
        CHAIN,
        /** Two compare-and-sets found the same value, which was written once at most. */
        SWAPPED_TWICE,
        /**
         * The first, an append, has one text before it where the second read and another where the
         * third did.
         */
        APPENDED_TWICE,
        /** Compare-and-sets of which each needs another's value first. */
        CIRCLE
    }
}
