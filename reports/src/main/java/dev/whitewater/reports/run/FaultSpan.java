package dev.whitewater.reports.run;

import java.util.List;

/**
 * One fault and how long it lasted.
 *
 * @param id its name in the plan, as the trace uses it
 * @param kind one word: crash, partition, pause, …
 * @param label what it did to whom: "{n1} | {n2, n3}"
 * @param members those it struck, or empty for all
 * @param untilNanos its end, or {@link Operation#OPEN}
 */
public record FaultSpan(
        String id,
        String kind,
        String label,
        List<Integer> members,
        long fromNanos,
        long untilNanos) {

    public FaultSpan {
        members = List.copyOf(members);
    }

    public boolean strikes(int member) {
        return members.isEmpty() || members.contains(member);
    }
}
