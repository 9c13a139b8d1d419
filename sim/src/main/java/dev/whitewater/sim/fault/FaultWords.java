package dev.whitewater.sim.fault;

import dev.whitewater.sim.plan.Fault;

import java.util.List;

/** Faults in the words of a trace. */
final class FaultWords {

    private FaultWords() {}

    static String begins(Fault fault, List<Integer> hit) {
        return switch (fault) {
            case Fault.Crash _ -> names(hit) + " crash";
            case Fault.Pause _ -> names(hit) + " stand still";
            case Fault.Isolate _ -> names(hit) + " cut off from all others";
            case Fault.Partition(var groups) -> "partition into " + groups;
            case Fault.CutLinks(var links) -> "cut " + arrows(links);
            case Fault.SlowDisk it ->
                    names(hit) + " disk takes up to " + it.extraNanosMax() / 1000 + " us longer";
            case Fault.LossyLinks(var loss) -> "links lose " + loss + " of frames";
            case Fault.ClockJump(var _, long nanos) ->
                    names(hit) + " clock jumps by " + nanos / 1000 + " us";
        };
    }

    static String ends(Fault fault, List<Integer> hit) {
        return switch (fault) {
            case Fault.Crash _ -> names(hit) + " may start again";
            case Fault.Pause _ -> names(hit) + " go on";
            case Fault.Isolate _ -> names(hit) + " connected again";
            case Fault.Partition _ -> "partition over";
            case Fault.CutLinks(var links) -> "mended " + arrows(links);
            case Fault.SlowDisk _ -> names(hit) + " disk as before";
            case Fault.LossyLinks _ -> "links as before";
            case Fault.ClockJump _ -> names(hit) + " clock goes on";
        };
    }

    private static String arrows(List<Fault.Link> links) {
        StringBuilder text = new StringBuilder();
        for (Fault.Link link : links) {
            text.append(text.isEmpty() ? "" : ", ");
            text.append("n").append(link.from()).append("->n").append(link.to());
        }
        return text.toString();
    }

    private static String names(List<Integer> members) {
        StringBuilder text = new StringBuilder();
        for (int member : members) {
            text.append(text.isEmpty() ? "" : ", ").append("n").append(member);
        }
        return text.toString();
    }
}
