package dev.whitewater.server;

import dev.whitewater.raft.message.NodeId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members that a new cluster begins with, by name, and the token that tells it from others.
 *
 * <p>Who is who follows from this alone, on every member alike: a member's number is the beginning
 * of SHA-1 over its peer URLs and the token, the cluster's that over its members' numbers (etcd's
 * {@code membership} package; its top bit is not used here).
 */
public record InitialCluster(Map<String, List<EtcdUrl>> members, String token) {

    public InitialCluster {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one member");
        }
        members = new TreeMap<>(members);
    }

    /** {@code name=url,name=url}; a name with several URLs stands there several times. */
    public static InitialCluster parse(String text, String token) {
        Map<String, List<EtcdUrl>> members = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "--initial-cluster: expected name=url,name=url, got \"" + text + "\"");
            }
            members.computeIfAbsent(part.substring(0, equals).strip(), _ -> new ArrayList<>())
                    .add(EtcdUrl.parse(part.substring(equals + 1)));
        }
        return new InitialCluster(members, token);
    }

    public NodeId id(String name) {
        StringBuilder text = new StringBuilder();
        members.get(name).stream().map(EtcdUrl::toString).sorted().forEach(text::append);
        return new NodeId(number(text.append(token).toString().getBytes(StandardCharsets.UTF_8)));
    }

    public List<String> peerUrls(String name) {
        return members.get(name).stream().map(EtcdUrl::toString).toList();
    }

    /** All members' numbers, ascending. */
    public List<NodeId> ids() {
        return members.keySet().stream().map(this::id).sorted().toList();
    }

    public long clusterId() {
        List<NodeId> ids = ids();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * ids.size());
        ids.forEach(id -> bytes.putLong(id.value()));
        return number(bytes.array());
    }

    private static long number(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(bytes);
            return Math.max(1, ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
