package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.io.Item.Entry;
import dev.whitewater.scenarios.io.Item.Scalar;
import dev.whitewater.scenarios.io.Item.Table;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Fault.DiskError.Step;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.Target;

import java.util.ArrayList;
import java.util.List;

/** One item of a scenario's list of faults: its time, and one field that names the kind. */
final class FaultReader {

    static final List<String> KINDS =
            List.of(
                    "crash",
                    "crash-at",
                    "crash-in-write",
                    "kill",
                    "kill-in-write",
                    "pause",
                    "restart",
                    "wipe",
                    "isolate",
                    "black-hole",
                    "swizzle",
                    "partition",
                    "cut-links",
                    "clog",
                    "slow-links",
                    "lossy-links",
                    "reordered-links",
                    "drop-frame",
                    "slow-disk",
                    "stalled-sync",
                    "disk-error",
                    "full-disk",
                    "bit-rot",
                    "misdirected-write",
                    "remove",
                    "demote",
                    "transfer",
                    "defragment",
                    "no-space-alarm",
                    "clock-jump",
                    "clock-freeze",
                    "clock-drift");
    static final String TARGETS =
            "a target (leader, leader and N, follower N, member N, everyone, majority or minority)";

    private static final List<String> FIELDS = fieldNames();
    private static final List<String> STEPS = List.of("write", "sync");
    private static final List<String> POINTS = Wording.points();
    private static final int ID_LENGTH_MAX = 64;

    private final int members;

    private FaultReader(int members) {
        this.members = members;
    }

    private static List<String> fieldNames() {
        List<String> names = new ArrayList<>(List.of("id", "at", "for"));
        names.addAll(KINDS);
        return List.copyOf(names);
    }

    /** The fault at the {@code nth} place of the list, counted from 1. */
    static FaultPlan read(Item item, int nth, int members) {
        Fields fields = Fields.of(item, "faults", true, FIELDS);
        String id = fields.has("id") ? id(fields) : "f" + nth;
        Fault fault = new FaultReader(members).fault(fields, kind(item));
        long at = fields.nanos("at", 0);
        return new FaultPlan(id, at, fields.nanos("for", 0), fault);
    }

    private static String id(Fields fields) {
        String id = fields.text("id");
        if (id.length() > ID_LENGTH_MAX || id.equals("start") || id.indexOf(' ') >= 0) {
            throw InputRefused.expected(
                    fields.item("id").place(),
                    "faults.id",
                    "a word of at most 64 characters other than \"start\"",
                    fields.item("id").describe());
        }
        return id;
    }

    /** The one field that names a kind. */
    private static Entry kind(Item item) {
        List<Entry> kinds =
                item instanceof Table table
                        ? table.entries().stream().filter(e -> KINDS.contains(e.name())).toList()
                        : List.of();
        if (kinds.isEmpty()) {
            throw InputRefused.expected(
                    item.place(), "faults", "one of " + Wording.anyOf(KINDS), "a fault of no kind");
        }
        if (kinds.size() > 1) {
            throw InputRefused.expected(
                    kinds.get(1).place(),
                    "faults",
                    "one kind per fault",
                    kinds.get(1).name() + " after " + kinds.get(0).name());
        }
        return kinds.getFirst();
    }

    private Fault fault(Fields fields, Entry kind) {
        String at = fields.at(kind.name());
        Item value = kind.value();
        return switch (kind.name()) {
            case "crash" -> new Fault.Crash(target(value, at));
            case "crash-in-write" -> new Fault.CrashInWrite(target(value, at));
            case "kill" -> new Fault.Kill(target(value, at));
            case "kill-in-write" -> new Fault.KillInWrite(target(value, at));
            case "pause" -> new Fault.Pause(target(value, at));
            case "restart" -> new Fault.Restart(target(value, at));
            case "isolate" -> new Fault.Isolate(target(value, at));
            case "black-hole" -> new Fault.BlackHole(target(value, at));
            case "swizzle" -> new Fault.Swizzle(target(value, at));
            case "stalled-sync" -> new Fault.StalledSync(target(value, at));
            case "full-disk" -> new Fault.FullDisk(target(value, at));
            case "clock-freeze" -> new Fault.ClockFreeze(target(value, at));
            case "remove" -> new Fault.Remove(target(value, at));
            case "demote" -> new Fault.Demote(target(value, at));
            case "transfer" -> new Fault.Transfer(target(value, at));
            case "defragment" -> new Fault.Defragment(target(value, at));
            case "no-space-alarm" -> new Fault.NoSpaceAlarm(target(value, at));
            case "partition" -> new Fault.Partition(groups(value, at));
            case "cut-links" -> new Fault.CutLinks(links(value, at));
            case "clog" -> new Fault.Clog(links(value, at));
            case "lossy-links" -> new Fault.LossyLinks(Fields.ratio(value, at));
            default -> withFields(fields, kind.name());
        };
    }

    private Fault withFields(Fields fields, String kind) {
        return switch (kind) {
            case "slow-links", "reordered-links", "drop-frame" -> ofLinks(fields, kind);
            case "slow-disk", "disk-error", "bit-rot", "misdirected-write", "wipe" ->
                    ofDisk(fields, kind);
            case "crash-at" -> {
                Fields f = fields.section(kind, List.of("target", "point"));
                yield new Fault.CrashAt(target(f), Wording.point(f.oneOf("point", POINTS)));
            }
            case "clock-jump" -> {
                Fields f = fields.section(kind, List.of("target", "by"));
                yield new Fault.ClockJump(target(f), f.nanos("by", 1));
            }
            case "clock-drift" -> {
                Fields f = fields.section(kind, List.of("target", "ppm"));
                int min = Fault.ClockDrift.PPM_MIN;
                yield new Fault.ClockDrift(
                        target(f), (int) f.whole("ppm", min, Fault.ClockDrift.PPM_MAX));
            }
            default -> throw new IllegalStateException("a kind without a reader: " + kind);
        };
    }

    private Fault ofLinks(Fields fields, String kind) {
        return switch (kind) {
            case "slow-links" -> {
                Fields f = fields.section(kind, List.of("links", "extra"));
                yield new Fault.SlowLinks(
                        links(f.item("links"), f.at("links")), f.nanos("extra", 1));
            }
            case "reordered-links" -> {
                Fields f = fields.section(kind, List.of("ratio", "extra"));
                Ratio ratio = Fields.ratio(f.item("ratio"), f.at("ratio"));
                yield new Fault.ReorderedLinks(ratio, f.nanos("extra", 1));
            }
            default -> dropFrame(fields.section(kind, List.of("links", "life", "frame")));
        };
    }

    private Fault dropFrame(Fields f) {
        List<Fault.Link> links = links(f.item("links"), f.at("links"));
        if (links.size() != 1) {
            throw InputRefused.expected(
                    f.item("links").place(), f.at("links"), "one link", links.size() + " links");
        }
        int life = (int) f.whole("life", 1, 1_000_000);
        long frame = f.whole("frame", 1, 1_000_000_000_000L);
        return new Fault.DropFrame(links.getFirst(), life, frame);
    }

    private Fault ofDisk(Fields fields, String kind) {
        return switch (kind) {
            case "slow-disk" -> {
                Fields f = fields.section(kind, List.of("target", "extra"));
                yield new Fault.SlowDisk(target(f), f.nanos("extra", 1));
            }
            case "disk-error" -> {
                Fields f = fields.section(kind, List.of("target", "on", "ratio"));
                Step on = f.oneOf("on", STEPS).equals("write") ? Step.WRITE : Step.SYNC;
                yield new Fault.DiskError(
                        target(f), on, Fields.ratio(f.item("ratio"), f.at("ratio")));
            }
            case "bit-rot" -> {
                Fields f = fields.section(kind, List.of("target", "sectors", "last-copy"));
                int sectors = f.whole("sectors", 1, 1, 1_000);
                yield new Fault.BitRot(target(f), sectors, f.truth("last-copy", false));
            }
            case "misdirected-write" -> {
                Fields f = fields.section(kind, List.of("target", "last-copy"));
                yield new Fault.MisdirectedWrite(target(f), f.truth("last-copy", false));
            }
            default -> {
                Fields f = fields.section(kind, List.of("target", "rejoins"));
                yield new Fault.Wipe(target(f), f.truth("rejoins", false));
            }
        };
    }

    private Target target(Fields fields) {
        return target(fields.item("target"), fields.at("target"));
    }

    private Target target(Item item, String at) {
        String text = item instanceof Scalar scalar ? scalar.text() : "";
        return switch (text) {
            case "leader" -> new Target.TheLeader();
            case "everyone" -> new Target.Everyone();
            case "majority" -> new Target.AMajority();
            case "minority" -> new Target.AMinority();
            default -> numbered(item, at, text);
        };
    }

    private Target numbered(Item item, String at, String text) {
        if (text.startsWith("member ")) {
            return new Target.Member(number(item, at, text.substring(7), members));
        }
        int followers = Math.max(1, members - 1);
        if (text.startsWith("leader and ")) {
            return new Target.TheLeaderAnd(number(item, at, text.substring(11), followers));
        }
        if (text.startsWith("follower ")) {
            return new Target.AFollower(number(item, at, text.substring(9), followers));
        }
        throw InputRefused.expected(item.place(), at, TARGETS, item.describe());
    }

    private static int number(Item item, String at, String digits, int max) {
        boolean one = digits.length() == 1 && digits.charAt(0) >= '1';
        if (!one || digits.charAt(0) - '0' > max) {
            throw InputRefused.expected(
                    item.place(), at, "a number from 1 to " + max + " there", item.describe());
        }
        return digits.charAt(0) - '0';
    }

    private List<List<Integer>> groups(Item item, String at) {
        List<List<Integer>> groups = new ArrayList<>();
        boolean[] seen = new boolean[members + 1];
        for (Item group : Fields.list(item, at)) {
            List<Integer> numbers = new ArrayList<>();
            for (Item member : Fields.list(group, at)) {
                int number = (int) Fields.whole(member, at, 1, members);
                if (seen[number]) {
                    throw InputRefused.expected(
                            member.place(), at, "each member in one group", number + " again");
                }
                seen[number] = true;
                numbers.add(number);
            }
            groups.add(numbers);
        }
        return groups;
    }

    private List<Fault.Link> links(Item item, String at) {
        return links(item, at, members);
    }

    static List<Fault.Link> links(Item item, String at, int members) {
        List<Fault.Link> links = new ArrayList<>();
        for (Item link : Fields.list(item, at)) {
            String expected = "a link such as 1->2 between two of " + members + " members";
            String text = link instanceof Scalar scalar ? scalar.text().replace(" ", "") : "";
            int from = text.length() == 4 ? text.charAt(0) - '0' : 0;
            int to = text.length() == 4 ? text.charAt(3) - '0' : 0;
            boolean good = text.startsWith("->", 1) && from != to;
            if (!good || Math.min(from, to) < 1 || Math.max(from, to) > members) {
                throw InputRefused.expected(link.place(), at, expected, link.describe());
            }
            links.add(new Fault.Link(from, to));
        }
        return links;
    }
}
