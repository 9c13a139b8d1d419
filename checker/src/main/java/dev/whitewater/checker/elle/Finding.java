package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;

import java.util.List;

/**
 * One instance of an anomaly, with what proves it.
 *
 * @param transactions the transactions involved, by id, in the order in which the explanation names
 *     them
 * @param explanation the proof in words, without a line break at the end
 * @param links for a cycle its steps, in order; else empty
 */
public record Finding(
        Anomaly type, List<Integer> transactions, String explanation, List<Link> links) {

    public Finding {
        transactions = List.copyOf(transactions);
        links = List.copyOf(links);
    }

    /**
     * One step of a cycle.
     *
     * @param kind ww, wr, rw, process or realtime
     * @param because why the one must come before the other
     */
    public record Link(int from, int to, String kind, String because) {}
}
