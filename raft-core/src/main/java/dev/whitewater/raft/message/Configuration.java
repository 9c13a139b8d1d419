package dev.whitewater.raft.message;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Who belongs to the cluster (thesis §4). While {@code outgoing} is not empty the configuration is
 * joint: elections and commitment need a majority of {@code voters} and one of {@code outgoing}.
 *
 * <p>Invariants: every list ascends; nobody is voter and learner at once; {@code learnersNext} are
 * outgoing voters that become learners when the joint configuration is left; only a joint
 * configuration leaves by itself.
 */
public record Configuration(
        List<NodeId> voters,
        List<NodeId> outgoing,
        List<NodeId> learners,
        List<NodeId> learnersNext,
        boolean autoLeave) {

    public Configuration {
        voters = ascending("voters", voters);
        outgoing = ascending("outgoing", outgoing);
        learners = ascending("learners", learners);
        learnersNext = ascending("learnersNext", learnersNext);
        for (NodeId learner : learners) {
            if (voters.contains(learner) || outgoing.contains(learner)) {
                throw wrong(learner + " is both voter and learner");
            }
        }
        for (NodeId next : learnersNext) {
            if (!outgoing.contains(next) || voters.contains(next)) {
                throw wrong(next + " is to become a learner but is no outgoing voter");
            }
        }
        if (autoLeave && outgoing.isEmpty()) {
            throw wrong("autoLeave without outgoing voters");
        }
    }

    private static List<NodeId> ascending(String name, List<NodeId> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
                throw wrong(name + " must ascend without repetition, got " + ids);
            }
        }
        if (ids.contains(NodeId.NONE)) {
            throw wrong(name + " must name members, got " + ids);
        }
        return List.copyOf(ids);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("configuration: " + what);
    }

    public static Configuration of(List<NodeId> voters) {
        return new Configuration(voters, List.of(), List.of(), List.of(), false);
    }

    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    public boolean isVoter(NodeId id) {
        return has(voters, id) || has(outgoing, id);
    }

    private static boolean has(List<NodeId> ids, NodeId id) {
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i).value() == id.value()) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code id} receives the log. */
    public boolean isMember(NodeId id) {
        return isVoter(id) || has(learners, id);
    }

    /** Everyone who receives the log, ascending. */
    public List<NodeId> members() {
        TreeSet<NodeId> all = new TreeSet<>(voters);
        all.addAll(outgoing);
        all.addAll(learners);
        return List.copyOf(all);
    }

    /** Everyone whose vote counts, ascending. */
    public List<NodeId> allVoters() {
        TreeSet<NodeId> all = new TreeSet<>(voters);
        all.addAll(outgoing);
        return List.copyOf(all);
    }

    // ---- the bytes of a configuration entry

    /** Format 1: version, autoLeave, then four lists, each a count and 8 bytes for each id. */
    public byte[] encode() {
        int ids = voters.size() + outgoing.size() + learners.size() + learnersNext.size();
        byte[] bytes = new byte[2 + 4 + 8 * ids];
        bytes[0] = 1;
        bytes[1] = (byte) (autoLeave ? 1 : 0);
        int at = 2;
        for (List<NodeId> list : List.of(voters, outgoing, learners, learnersNext)) {
            if (list.size() > Byte.MAX_VALUE) {
                throw wrong("too many members: " + list.size());
            }
            bytes[at++] = (byte) list.size();
            for (NodeId id : list) {
                for (int shift = 56; shift >= 0; shift -= 8) {
                    bytes[at++] = (byte) (id.value() >>> shift);
                }
            }
        }
        return bytes;
    }

    /** The configuration that {@link #encode} wrote; anything else is refused. */
    public static Configuration decode(byte[] bytes) {
        if (bytes.length < 6 || bytes[0] != 1) {
            throw wrong("unknown format of " + bytes.length + " bytes");
        }
        if (bytes[1] != 0 && bytes[1] != 1) {
            throw wrong("autoLeave is " + bytes[1]);
        }
        List<List<NodeId>> lists = new ArrayList<>();
        int at = 2;
        for (int list = 0; list < 4; list++) {
            if (at >= bytes.length) {
                throw wrong("cut off at byte " + at);
            }
            int count = bytes[at++];
            if (count < 0 || at + 8 * count > bytes.length) {
                throw wrong("count " + count + " at byte " + (at - 1));
            }
            List<NodeId> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(new NodeId(readLong(bytes, at)));
                at += 8;
            }
            lists.add(ids);
        }
        if (at != bytes.length) {
            throw wrong((bytes.length - at) + " bytes too many");
        }
        return new Configuration(
                lists.get(0), lists.get(1), lists.get(2), lists.get(3), bytes[1] == 1);
    }

    private static long readLong(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    @Override
    public String toString() {
        return "voters "
                + text(voters)
                + (isJoint() ? " outgoing " + text(outgoing) : "")
                + (learners.isEmpty() ? "" : " learners " + text(learners))
                + (learnersNext.isEmpty() ? "" : " learners-next " + text(learnersNext))
                + (autoLeave ? " autoleave" : "");
    }

    private static String text(List<NodeId> ids) {
        StringBuilder text = new StringBuilder("(");
        for (NodeId id : ids) {
            text.append(text.length() > 1 ? " " : "").append(id);
        }
        return text.append(')').toString();
    }
}
