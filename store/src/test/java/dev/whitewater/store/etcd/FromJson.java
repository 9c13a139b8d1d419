package dev.whitewater.store.etcd;

import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.MaintenanceResponse;
import dev.whitewater.store.Permission;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Response;
import dev.whitewater.store.TxnResponse;
import dev.whitewater.store.WatchEvent;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** etcd's answers as ours; what it leaves out is zero. */
final class FromJson {
    private FromJson() {}

    /** The answer that stands where we would give one like {@code ours}. */
    static Response response(JsonNode body, Response ours) {
        long revision = number(body.path("header"), "revision");
        return switch (ours) {
            case PutResponse put -> new PutResponse(revision, kvs(body, "prev_kv"));
            case RangeResponse range ->
                    new RangeResponse(
                            revision,
                            kvs(body, "kvs"),
                            number(body, "count"),
                            body.path("more").asBoolean(false));
            case DeleteRangeResponse delete ->
                    new DeleteRangeResponse(
                            revision, number(body, "deleted"), kvs(body, "prev_kvs"));
            case TxnResponse txn -> txn(body, revision, txn);
            case LeaseResponse.Granted granted ->
                    new LeaseResponse.Granted(revision, number(body, "ID"), number(body, "TTL"));
            case LeaseResponse.Revoked revoked -> new LeaseResponse.Revoked(revision);
            case MaintenanceResponse.Compacted done -> new MaintenanceResponse.Compacted(revision);
            case AuthResponse.Done done -> new AuthResponse.Done(revision);
            case AuthResponse.Names names -> new AuthResponse.Names(revision, names(body));
            case AuthResponse.Permissions permissions ->
                    new AuthResponse.Permissions(revision, permissions(body));
            default -> throw new IllegalArgumentException("nothing like " + ours);
        };
    }

    private static Response txn(JsonNode body, long revision, TxnResponse ours) {
        List<Response> responses = new ArrayList<>();
        int at = 0;
        for (JsonNode each : body.path("responses")) {
            JsonNode inner = each.properties().iterator().next().getValue();
            if (at == ours.responses().size()) {
                break;
            }
            responses.add(response(inner, ours.responses().get(at++)));
        }
        return new TxnResponse(revision, body.path("succeeded").asBoolean(false), responses);
    }

    static WatchEvent event(JsonNode event) {
        JsonNode node = event.path("kv");
        KeyValue kv =
                event.path("type").asString("PUT").equals("DELETE")
                        ? KeyValue.tombstone(bytes(node, "key"), number(node, "mod_revision"))
                        : kv(node);
        return new WatchEvent(kv, kvs(event, "prev_kv"));
    }

    private static List<KeyValue> kvs(JsonNode body, String field) {
        JsonNode node = body.path(field);
        List<KeyValue> kvs = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> kvs.add(kv(each)));
        } else if (node.isObject()) {
            kvs.add(kv(node));
        }
        return kvs;
    }

    private static KeyValue kv(JsonNode node) {
        return new KeyValue(
                bytes(node, "key"),
                bytes(node, "value"),
                number(node, "create_revision"),
                number(node, "mod_revision"),
                number(node, "version"),
                number(node, "lease"));
    }

    private static List<Bytes> names(JsonNode body) {
        List<Bytes> names = new ArrayList<>();
        body.path("roles").forEach(each -> names.add(Bytes.utf8(each.asString())));
        body.path("users").forEach(each -> names.add(Bytes.utf8(each.asString())));
        return names;
    }

    private static List<Permission> permissions(JsonNode body) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode each : body.path("perm")) {
            String access = each.path("permType").asString("READ");
            permissions.add(
                    new Permission(
                            access.equals("READWRITE")
                                    ? Permission.Access.READ_WRITE
                                    : Permission.Access.valueOf(access),
                            new KeyRange(bytes(each, "key"), bytes(each, "range_end"))));
        }
        return permissions;
    }

    /** The gateway writes numbers of 64 bits as texts. */
    static long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() ? 0 : Long.parseLong(value.asString());
    }

    private static Bytes bytes(JsonNode node, String field) {
        return Bytes.of(Base64.getDecoder().decode(node.path(field).asString("")));
    }
}
