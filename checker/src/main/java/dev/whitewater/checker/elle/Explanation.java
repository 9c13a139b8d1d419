package dev.whitewater.checker.elle;

/** Says why one transaction must come before another: what a workload knows of its data. */
interface Explanation {

    /** Two transactions, and the names they have in the text. */
    record Pair(int from, int to, String fromName, String toName) {}

    /**
     * The reason as the rest of a sentence that begins with "because".
     *
     * @param kind a dependency by data that the graph has between the two
     */
    String because(Pair pair, int kind);
}
