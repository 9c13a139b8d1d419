package dev.whitewater.store.etcd;

import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Request;
import dev.whitewater.store.Txn;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.List;

/** Our requests as etcd's gateway takes them. */
final class ToJson {

    /** Where a request goes and what is sent there. */
    record Call(String path, ObjectNode body) {}

    private ToJson() {}

    static Call call(Request request) {
        return switch (request) {
            case Put put -> new Call("/v3/kv/put", put(put));
            case Range range -> new Call("/v3/kv/range", range(range));
            case DeleteRange delete -> new Call("/v3/kv/deleterange", delete(delete));
            case Txn txn -> new Call("/v3/kv/txn", txn(txn));
            case LeaseRequest.Grant grant ->
                    new Call(
                            "/v3/lease/grant",
                            object().put("ID", grant.id()).put("TTL", grant.ttlSeconds()));
            case LeaseRequest.Revoke revoke ->
                    new Call("/v3/lease/revoke", object().put("ID", revoke.id()));
            case MaintenanceRequest.Compact compact ->
                    new Call(
                            "/v3/kv/compaction",
                            object().put("revision", compact.revision()).put("physical", true));
            case AuthRequest auth -> auth(auth);
            default -> throw new IllegalArgumentException("no call for " + request);
        };
    }

    private static Call auth(AuthRequest request) {
        return switch (request) {
            case AuthRequest.Enable r -> new Call("/v3/auth/enable", object());
            case AuthRequest.Disable r -> new Call("/v3/auth/disable", object());
            case AuthRequest.AddUser r ->
                    new Call(
                            "/v3/auth/user/add",
                            named(r.user()).put("password", r.hash().toUtf8()));
            case AuthRequest.DeleteUser r -> new Call("/v3/auth/user/delete", named(r.user()));
            case AuthRequest.ChangePassword r ->
                    new Call(
                            "/v3/auth/user/changepw",
                            named(r.user()).put("password", r.hash().toUtf8()));
            case AuthRequest.GrantRole r ->
                    new Call(
                            "/v3/auth/user/grant",
                            object().put("user", r.user().toUtf8()).put("role", r.role().toUtf8()));
            case AuthRequest.RevokeRole r ->
                    new Call(
                            "/v3/auth/user/revoke", named(r.user()).put("role", r.role().toUtf8()));
            case AuthRequest.GetUser r -> new Call("/v3/auth/user/get", named(r.user()));
            case AuthRequest.ListUsers r -> new Call("/v3/auth/user/list", object());
            case AuthRequest.AddRole r -> new Call("/v3/auth/role/add", named(r.role()));
            case AuthRequest.DeleteRole r -> new Call("/v3/auth/role/delete", role(r.role()));
            case AuthRequest.GrantPermission r -> {
                ObjectNode body = named(r.role());
                Permission.Access access = r.permission().access();
                ObjectNode perm = body.putObject("perm");
                perm.put(
                        "permType",
                        access == Permission.Access.READ_WRITE ? "READWRITE" : access.name());
                keys(perm, r.permission().keys());
                yield new Call("/v3/auth/role/grant", body);
            }
            case AuthRequest.RevokePermission r -> {
                ObjectNode body = role(r.role());
                keys(body, r.keys());
                yield new Call("/v3/auth/role/revoke", body);
            }
            case AuthRequest.GetRole r -> new Call("/v3/auth/role/get", role(r.role()));
            case AuthRequest.ListRoles r -> new Call("/v3/auth/role/list", object());
            default -> throw new IllegalArgumentException("no call for " + request);
        };
    }

    static ObjectNode object() {
        return Etcd.JSON.createObjectNode();
    }

    private static ObjectNode named(Bytes name) {
        return object().put("name", name.toUtf8());
    }

    private static ObjectNode role(Bytes name) {
        return object().put("role", name.toUtf8());
    }

    private static ObjectNode put(Put put) {
        return object().put("key", text(put.key()))
                .put("value", text(put.value()))
                .put("lease", put.lease())
                .put("prev_kv", put.previous())
                .put("ignore_value", put.ignoreValue())
                .put("ignore_lease", put.ignoreLease());
    }

    private static ObjectNode range(Range range) {
        ObjectNode body = object();
        keys(body, range.keys());
        return body.put("revision", range.revision())
                .put("limit", range.limit())
                .put("sort_order", order(range.sort().order()))
                .put("sort_target", target(range.sort().target()))
                .put("keys_only", range.content() == Range.Content.KEYS_ONLY)
                .put("count_only", range.content() == Range.Content.COUNT_ONLY)
                .put("min_mod_revision", range.filter().minModRevision())
                .put("max_mod_revision", range.filter().maxModRevision())
                .put("min_create_revision", range.filter().minCreateRevision())
                .put("max_create_revision", range.filter().maxCreateRevision());
    }

    private static String order(Range.SortOrder order) {
        return switch (order) {
            case NONE -> "NONE";
            case ASCENDING -> "ASCEND";
            case DESCENDING -> "DESCEND";
        };
    }

    private static String target(Range.SortTarget target) {
        return switch (target) {
            case KEY -> "KEY";
            case VERSION -> "VERSION";
            case CREATE_REVISION -> "CREATE";
            case MOD_REVISION -> "MOD";
            case VALUE -> "VALUE";
        };
    }

    private static ObjectNode delete(DeleteRange delete) {
        ObjectNode body = object();
        keys(body, delete.keys());
        return body.put("prev_kv", delete.previous());
    }

    private static ObjectNode txn(Txn txn) {
        ObjectNode body = object();
        ArrayNode compares = body.putArray("compare");
        txn.compares().forEach(compare -> compares.add(compare(compare)));
        operations(body.putArray("success"), txn.success());
        operations(body.putArray("failure"), txn.failure());
        return body;
    }

    private static void operations(ArrayNode target, List<Operation> operations) {
        for (Operation operation : operations) {
            ObjectNode node = target.addObject();
            switch (operation) {
                case Put put -> node.set("request_put", put(put));
                case Range range -> node.set("request_range", range(range));
                case DeleteRange delete -> node.set("request_delete_range", delete(delete));
                case Txn txn -> node.set("request_txn", txn(txn));
            }
        }
    }

    private static ObjectNode compare(Compare compare) {
        ObjectNode body = object();
        keys(body, compare.keys());
        body.put("result", compare.relation().name());
        return switch (compare.operand()) {
            case Compare.Operand.Version o ->
                    body.put("target", "VERSION").put("version", o.version());
            case Compare.Operand.CreateRevision o ->
                    body.put("target", "CREATE").put("create_revision", o.revision());
            case Compare.Operand.ModRevision o ->
                    body.put("target", "MOD").put("mod_revision", o.revision());
            case Compare.Operand.Lease o -> body.put("target", "LEASE").put("lease", o.lease());
            case Compare.Operand.Value o ->
                    body.put("target", "VALUE").put("value", text(o.value()));
        };
    }

    static void keys(ObjectNode body, KeyRange keys) {
        body.put("key", text(keys.start()));
        body.put("range_end", text(keys.end()));
    }

    private static String text(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
