package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Target;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Faults in the grammar that {@link FaultReader} reads. */
final class FaultWriter {

    private FaultWriter() {}

    /** The value of the field that names a fault's kind. */
    static String describe(Fault fault) {
        return switch (fault) {
            case Fault.Partition(List<List<Integer>> groups) -> groups.toString();
            case Fault.CutLinks(List<Fault.Link> links) -> links(links);
            case Fault.Clog(List<Fault.Link> links) -> links(links);
            case Fault.SlowLinks(List<Fault.Link> links, long extra) ->
                    "{links: " + links(links) + ", extra: " + Durations.write(extra) + "}";
            case Fault.LossyLinks lossy -> lossy.loss().toString();
            case Fault.DropFrame it ->
                    "{links: "
                            + links(List.of(it.link()))
                            + ", life: "
                            + it.life()
                            + ", frame: "
                            + it.frame()
                            + "}";
            case Fault.ReorderedLinks it ->
                    "{ratio: "
                            + it.ratio()
                            + ", extra: "
                            + Durations.write(it.extraNanosMax())
                            + "}";
            case Fault.OfMembers it -> {
                String more = more(it);
                String target = target(it.target());
                yield more.isEmpty() ? target : "{target: " + target + ", " + more + "}";
            }
        };
    }

    /** What a fault of members says beside its target. */
    private static String more(Fault.OfMembers fault) {
        return switch (fault) {
            case Fault.CrashAt it -> "point: " + Wording.point(it.point());
            case Fault.SlowDisk it -> "extra: " + Durations.write(it.extraNanosMax());
            case Fault.ClockJump it -> "by: " + Durations.write(it.nanos());
            case Fault.ClockDrift it -> "ppm: " + it.ppm();
            case Fault.DiskError it ->
                    "on: " + it.on().name().toLowerCase(Locale.ROOT) + ", ratio: " + it.ratio();
            case Fault.BitRot it -> "sectors: " + it.sectors() + ", last-copy: " + it.lastCopy();
            case Fault.MisdirectedWrite it -> "last-copy: " + it.lastCopy();
            case Fault.Wipe it -> "rejoins: " + it.rejoins();
            case Fault.Crash _,
                    Fault.CrashInWrite _,
                    Fault.Kill _,
                    Fault.KillInWrite _,
                    Fault.Pause _,
                    Fault.Restart _,
                    Fault.Isolate _,
                    Fault.BlackHole _,
                    Fault.Swizzle _,
                    Fault.StalledSync _,
                    Fault.FullDisk _,
                    Fault.Remove _,
                    Fault.Demote _,
                    Fault.Transfer _,
                    Fault.Defragment _,
                    Fault.NoSpaceAlarm _,
                    Fault.ClockFreeze _ ->
                    "";
        };
    }

    static String links(List<Fault.Link> links) {
        return links.stream()
                .map(link -> link.from() + "->" + link.to())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.Member(int number) -> "member " + number;
            case Target.AFollower(int nth) -> "follower " + nth;
            case Target.TheLeader() -> "leader";
            case Target.TheLeaderAnd(int others) -> "leader and " + others;
            case Target.Everyone() -> "everyone";
            case Target.AMajority() -> "majority";
            case Target.AMinority() -> "minority";
        };
    }
}
