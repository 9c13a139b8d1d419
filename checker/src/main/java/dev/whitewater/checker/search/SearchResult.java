package dev.whitewater.checker.search;

/** What a search over one part found. Operations are numbered as in the {@link Part}. */
public sealed interface SearchResult {
    /**
     * There is an order that respects real time and the model.
     *
     * @param order the operations that take effect, in that order
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(int[] order) implements SearchResult {}

    /**
     * There is none.
     *
     * @param operation the one at whose return every order is stuck
     * @param prefix a longest order of what had returned before (others may be in it too)
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Stuck(int operation, int[] prefix) implements SearchResult {}

    /** The budget ended first. */
    record GaveUp(String reason) implements SearchResult {}
}
