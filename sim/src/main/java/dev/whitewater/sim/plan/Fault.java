package dev.whitewater.sim.plan;

import dev.whitewater.node.port.CrashPoint;

import java.util.List;

/** One thing that goes wrong, from when it fires until its duration is over. */
public sealed interface Fault {

    /** A fault that hits members, told when it fires. */
    sealed interface OfMembers extends Fault {
        Target target();
    }

    /** A fault of single links, each in one direction. */
    sealed interface OfLinks extends Fault {
        List<Link> links();
    }

    // ---- processes

    /** Power fails: memory and unsynced writes are gone; the process is started at the end. */
    record Crash(Target target) implements OfMembers {
        public Crash {
            PlanCheck.present("target", target);
        }
    }

    /**
     * Power fails the next time that the target comes to {@code point}, once for each member and
     * before the end, when it is started.
     */
    record CrashAt(Target target, CrashPoint point) implements OfMembers {
        public CrashAt {
            PlanCheck.present("target", target);
            PlanCheck.present("point", point);
        }
    }

    /**
     * The process is killed and its machine lives: what it wrote can be read by the next process,
     * synced or not, and is lost only if power fails before the next sync.
     */
    record Kill(Target target) implements OfMembers {
        public Kill {
            PlanCheck.present("target", target);
        }
    }

    /** Power fails, as {@link Crash}, at the first moment when the member's disk is writing. */
    record CrashInWrite(Target target) implements OfMembers {
        public CrashInWrite {
            PlanCheck.present("target", target);
        }
    }

    /** The process dies, as {@link Kill}, at the first moment when the member's disk is writing. */
    record KillInWrite(Target target) implements OfMembers {
        public KillInWrite {
            PlanCheck.present("target", target);
        }
    }

    /** The process stands still; what reaches it meanwhile waits and is handled at the end. */
    record Pause(Target target) implements OfMembers {
        public Pause {
            PlanCheck.present("target", target);
        }
    }

    /**
     * The process is asked to stop; at the end it is started with other limits and guards, which
     * the fault's id draws. One after the other, that is a rolling change of configuration.
     */
    record Restart(Target target) implements OfMembers {
        public Restart {
            PlanCheck.present("target", target);
        }
    }

    // ---- links

    /** No frame passes between the target and the other members; within the target they pass. */
    record Isolate(Target target) implements OfMembers {
        public Isolate {
            PlanCheck.present("target", target);
        }
    }

    /** As {@link Isolate}, but over as soon as a leader's log no longer reaches back to theirs. */
    record BlackHole(Target target) implements OfMembers {
        public BlackHole {
            PlanCheck.present("target", target);
        }
    }

    /**
     * Every link of each member hit is clogged, beginning with one member after the other and
     * ending in another order; what was sent meanwhile arrives after it.
     */
    record Swizzle(Target target) implements OfMembers {
        public Swizzle {
            PlanCheck.present("target", target);
        }
    }

    /** Frames pass only inside a group; a member that is in no group is alone. */
    record Partition(List<List<Integer>> groups) implements Fault {
        public Partition {
            PlanCheck.present("groups", groups);
            groups = groups.stream().map(List::copyOf).toList();
            for (List<Integer> group : groups) {
                for (int member : group) {
                    PlanCheck.inRange("groups", member, 1, ClusterPlan.MEMBERS_MAX);
                }
            }
        }
    }

    /** Frames vanish on these links: any adjacency of members. */
    record CutLinks(List<Link> links) implements OfLinks {
        public CutLinks {
            PlanCheck.present("links", links);
            links = List.copyOf(links);
        }
    }

    /** Frames sent on these links wait until the end and arrive then, in their order. */
    record Clog(List<Link> links) implements OfLinks {
        public Clog {
            PlanCheck.present("links", links);
            links = List.copyOf(links);
        }
    }

    /** Frames on these links take up to {@code extraNanosMax} longer. */
    record SlowLinks(List<Link> links, long extraNanosMax) implements OfLinks {
        public SlowLinks {
            PlanCheck.present("links", links);
            PlanCheck.nanos("extraNanosMax", extraNanosMax, 1);
            links = List.copyOf(links);
        }
    }

    /** The way from one member to another, and not back. */
    record Link(int from, int to) {
        public Link {
            PlanCheck.inRange("from", from, 1, ClusterPlan.MEMBERS_MAX);
            PlanCheck.inRange("to", to, 1, ClusterPlan.MEMBERS_MAX);
            PlanCheck.that(from != to, "to", "another member than from", to);
        }
    }

    /** Frames between any two members are lost at this ratio, on top of the network's own. */
    record LossyLinks(Ratio loss) implements Fault {
        public LossyLinks {
            PlanCheck.present("loss", loss);
        }
    }

    /**
     * One frame is lost, if it is sent while this lasts: the one with this number, counted from 1,
     * of those that the sender's process number {@code life}, counted from 1, sends on the link.
     */
    record DropFrame(Link link, int life, long frame) implements Fault {
        public DropFrame {
            PlanCheck.present("link", link);
            PlanCheck.inRange("life", life, 1, 1_000_000);
            PlanCheck.inRange("frame", frame, 1, 1_000_000_000_000L);
        }
    }

    /**
     * Frames between any two members are let overtake each other at this ratio, each up to {@code
     * extraNanosMax} late.
     */
    record ReorderedLinks(Ratio ratio, long extraNanosMax) implements Fault {
        public ReorderedLinks {
            PlanCheck.present("ratio", ratio);
            PlanCheck.nanos("extraNanosMax", extraNanosMax, 1);
        }
    }

    // ---- disks

    /** Every disk command takes up to {@code extraNanosMax} longer. */
    record SlowDisk(Target target, long extraNanosMax) implements OfMembers {
        public SlowDisk {
            PlanCheck.present("target", target);
            PlanCheck.nanos("extraNanosMax", extraNanosMax, 1);
        }
    }

    /** No sync completes, nor what was asked for after it, until the fault is over. */
    record StalledSync(Target target) implements OfMembers {
        public StalledSync {
            PlanCheck.present("target", target);
        }
    }

    /**
     * The device fails commands of one kind at a ratio. A write that fails did nothing; a sync that
     * fails has dropped what it was to make durable, and a second one would not bring it back.
     */
    record DiskError(Target target, Step on, Ratio ratio) implements OfMembers {
        public DiskError {
            PlanCheck.present("target", target);
            PlanCheck.present("on", on);
            PlanCheck.present("ratio", ratio);
        }

        /** Which commands fail. */
        public enum Step {
            WRITE,
            SYNC
        }
    }

    /** Nothing that would make a file longer succeeds. */
    record FullDisk(Target target) implements OfMembers {
        public FullDisk {
            PlanCheck.present("target", target);
        }
    }

    /**
     * Durable sectors change silently, one bit each; who reads them again sees it, at the earliest
     * the next process. Nothing happens where the last good copy would go, but for {@code
     * lastCopy}.
     */
    record BitRot(Target target, int sectors, boolean lastCopy) implements OfMembers {
        public BitRot {
            PlanCheck.present("target", target);
            PlanCheck.inRange("sectors", sectors, 1, 1_000);
        }
    }

    /**
     * The next synced write reports success and lands on older bytes of the same file instead.
     * Nothing happens where the last good copy would go, but for {@code lastCopy}.
     */
    record MisdirectedWrite(Target target, boolean lastCopy) implements OfMembers {
        public MisdirectedWrite {
            PlanCheck.present("target", target);
        }
    }

    /**
     * Power fails and the disk is empty afterwards. Who has lost all it promised must not come back
     * under its name: it stays away, unless {@code rejoins} starts it at the end nevertheless.
     * Nothing happens where the last good copy would go, but for {@code rejoins}.
     */
    record Wipe(Target target, boolean rejoins) implements OfMembers {
        public Wipe {
            PlanCheck.present("target", target);
        }
    }

    // ---- operators

    /** An operator takes the members out of the cluster, and brings them back at the end. */
    record Remove(Target target) implements OfMembers {
        public Remove {
            PlanCheck.present("target", target);
        }
    }

    /** An operator makes the members learners, and voters again at the end. */
    record Demote(Target target) implements OfMembers {
        public Demote {
            PlanCheck.present("target", target);
        }
    }

    /** An operator asks the leader to hand over to a member. */
    record Transfer(Target target) implements OfMembers {
        public Transfer {
            PlanCheck.present("target", target);
        }
    }

    /** An operator has the members give back the room of what was removed. */
    record Defragment(Target target) implements OfMembers {
        public Defragment {
            PlanCheck.present("target", target);
        }
    }

    /**
     * The members report that they are out of room: puts are refused cluster-wide, until an
     * operator has taken that back (etcd's NOSPACE alarm).
     */
    record NoSpaceAlarm(Target target) implements OfMembers {
        public NoSpaceAlarm {
            PlanCheck.present("target", target);
        }
    }

    // ---- clocks

    /** The member's clock jumps forward by {@code nanos}, once. It is monotonic: never back. */
    record ClockJump(Target target, long nanos) implements OfMembers {
        public ClockJump {
            PlanCheck.present("target", target);
            PlanCheck.nanos("nanos", nanos, 1);
        }
    }

    /** The member's clock stands still, and then goes on from where it stood. */
    record ClockFreeze(Target target) implements OfMembers {
        public ClockFreeze {
            PlanCheck.present("target", target);
        }
    }

    /** The member's clock gains {@code ppm} of each million nanoseconds more, or loses them. */
    record ClockDrift(Target target, int ppm) implements OfMembers {
        public static final int PPM_MIN = -500_000;
        public static final int PPM_MAX = 3_000_000;

        public ClockDrift {
            PlanCheck.present("target", target);
            PlanCheck.inRange("ppm", ppm, PPM_MIN, PPM_MAX);
        }
    }

    /** The name of the kind in kebab case, as scenario files, counters and traces use it. */
    default String kind() {
        return switch (this) {
            case Crash _ -> "crash";
            case CrashAt _ -> "crash-at";
            case CrashInWrite _ -> "crash-in-write";
            case KillInWrite _ -> "kill-in-write";
            case Kill _ -> "kill";
            case Pause _ -> "pause";
            case Restart _ -> "restart";
            case Isolate _ -> "isolate";
            case BlackHole _ -> "black-hole";
            case Swizzle _ -> "swizzle";
            case Partition _ -> "partition";
            case CutLinks _ -> "cut-links";
            case Clog _ -> "clog";
            case SlowLinks _ -> "slow-links";
            case LossyLinks _ -> "lossy-links";
            case DropFrame _ -> "drop-frame";
            case ReorderedLinks _ -> "reordered-links";
            case SlowDisk _ -> "slow-disk";
            case StalledSync _ -> "stalled-sync";
            case DiskError _ -> "disk-error";
            case FullDisk _ -> "full-disk";
            case BitRot _ -> "bit-rot";
            case MisdirectedWrite _ -> "misdirected-write";
            case Wipe _ -> "wipe";
            case Remove _ -> "remove";
            case Demote _ -> "demote";
            case Transfer _ -> "transfer";
            case Defragment _ -> "defragment";
            case NoSpaceAlarm _ -> "no-space-alarm";
            case ClockJump _ -> "clock-jump";
            case ClockFreeze _ -> "clock-freeze";
            case ClockDrift _ -> "clock-drift";
        };
    }
}
