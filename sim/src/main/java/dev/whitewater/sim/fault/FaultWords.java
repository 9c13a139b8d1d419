package dev.whitewater.sim.fault;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.sim.plan.Fault;

import java.util.List;
import java.util.Locale;

/** Faults in the words of a trace. */
final class FaultWords {

    private FaultWords() {}

    static String begins(Fault fault, List<Integer> hit) {
        return switch (fault) {
            case Fault.Crash _ -> names(hit) + " crash";
            case Fault.CrashInWrite _ -> names(hit) + " crash in their next write";
            case Fault.KillInWrite _ -> names(hit) + " are killed in their next write";
            case Fault.Kill _ -> names(hit) + " killed, the machine lives";
            case Fault.Pause _ -> names(hit) + " stand still";
            case Fault.Restart _ -> names(hit) + " stop, to start with other limits";
            case Fault.Isolate _ -> names(hit) + " cut off from all others";
            case Fault.BlackHole _ -> names(hit) + " cut off until only a snapshot helps";
            case Fault.CrashAt it -> names(hit) + " will crash at " + words(it.point());
            case Fault.Swizzle _ -> names(hit) + " links clog, one member after the other";
            case Fault.Partition(var groups) -> "partition into " + groups;
            case Fault.CutLinks(var links) -> "cut " + arrows(links);
            case Fault.Clog(var links) -> "clogged " + arrows(links);
            case Fault.SlowLinks(var links, long extra) ->
                    "up to " + extra / 1000 + " us longer on " + arrows(links);
            case Fault.LossyLinks(var loss) -> "links lose " + loss + " of frames";
            case Fault.DropFrame it ->
                    "frame "
                            + it.frame()
                            + " of life "
                            + it.life()
                            + " is lost on "
                            + arrows(List.of(it.link()));
            case Fault.ReorderedLinks(var ratio, long extra) ->
                    ratio + " of frames overtaken, up to " + extra / 1000 + " us late";
            case Fault.SlowDisk it ->
                    names(hit) + " disk takes up to " + it.extraNanosMax() / 1000 + " us longer";
            case Fault.StalledSync _ -> names(hit) + " disk syncs nothing";
            case Fault.DiskError it ->
                    names(hit)
                            + " disk fails "
                            + it.ratio()
                            + (it.on() == Fault.DiskError.Step.WRITE ? " of writes" : " of syncs");
            case Fault.FullDisk _ -> names(hit) + " disk is full";
            case Fault.BitRot it -> names(hit) + " disk rots in " + it.sectors() + " sectors";
            case Fault.MisdirectedWrite _ -> names(hit) + " disk misplaces the next write";
            case Fault.Wipe _ -> names(hit) + " lose their disk";
            case Fault.Remove _ -> names(hit) + " to leave the cluster";
            case Fault.Demote _ -> names(hit) + " to become learners";
            case Fault.Transfer _ -> names(hit) + " to take over";
            case Fault.Defragment _ -> names(hit) + " to defragment";
            case Fault.NoSpaceAlarm _ -> names(hit) + " to raise the alarm for want of space";
            case Fault.ClockJump(var _, long nanos) ->
                    names(hit) + " clock jumps by " + nanos / 1000 + " us";
            case Fault.ClockFreeze _ -> names(hit) + " clock stands still";
            case Fault.ClockDrift(var _, int ppm) ->
                    names(hit) + " clock drifts by " + ppm + " ppm";
        };
    }

    static String ends(Fault fault, List<Integer> hit) {
        return switch (fault) {
            case Fault.Crash _,
                    Fault.CrashAt _,
                    Fault.CrashInWrite _,
                    Fault.KillInWrite _,
                    Fault.Kill _,
                    Fault.Restart _ ->
                    names(hit) + " may start again";
            case Fault.Pause _ -> names(hit) + " go on";
            case Fault.Isolate _, Fault.BlackHole _ -> names(hit) + " connected again";
            case Fault.Swizzle _ -> names(hit) + " links are free";
            case Fault.Partition _ -> "partition over";
            case Fault.CutLinks(var links) -> "mended " + arrows(links);
            case Fault.Clog(var links) -> "freed " + arrows(links);
            case Fault.SlowLinks _, Fault.DropFrame _, Fault.LossyLinks _, Fault.ReorderedLinks _ ->
                    "links as before";
            case Fault.SlowDisk _,
                    Fault.StalledSync _,
                    Fault.DiskError _,
                    Fault.FullDisk _,
                    Fault.MisdirectedWrite _ ->
                    names(hit) + " disk as before";
            case Fault.BitRot _ -> names(hit) + " disk rots no further";
            case Fault.Wipe it ->
                    names(hit) + (it.rejoins() ? " may start again, empty" : " stay away");
            case Fault.Remove _, Fault.Demote _ -> names(hit) + " to be voters again";
            case Fault.Transfer _ -> names(hit) + " were asked to take over";
            case Fault.Defragment _ -> names(hit) + " were asked to defragment";
            case Fault.NoSpaceAlarm _ -> names(hit) + " to clear the alarm";
            case Fault.ClockJump _, Fault.ClockFreeze _ -> names(hit) + " clock goes on";
            case Fault.ClockDrift _ -> names(hit) + " clock as before";
        };
    }

    /** The name of a crash point as people write it. */
    static String words(CrashPoint point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
