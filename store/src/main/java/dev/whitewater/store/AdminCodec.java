package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;

/** The part of {@link RequestCodec} for users, roles, members, and who makes a request. */
final class AdminCodec {
    static final int FIRST = 16;
    private static final int ENABLE = 16;
    private static final int DISABLE = 17;
    private static final int STATUS = 18;
    private static final int AUTHENTICATE = 19;
    private static final int ADD_USER = 20;
    private static final int DELETE_USER = 21;
    private static final int CHANGE_PASSWORD = 22;
    private static final int GRANT_ROLE = 23;
    private static final int REVOKE_ROLE = 24;
    private static final int GET_USER = 25;
    private static final int LIST_USERS = 26;
    private static final int ADD_ROLE = 27;
    private static final int DELETE_ROLE = 28;
    private static final int GRANT_PERMISSION = 29;
    private static final int REVOKE_PERMISSION = 30;
    private static final int GET_ROLE = 31;
    private static final int LIST_ROLES = 32;
    private static final int ADD_MEMBER = 40;
    private static final int REMOVE_MEMBER = 41;
    private static final int PROMOTE_MEMBER = 42;
    private static final int UPDATE_MEMBER = 43;
    private static final int PUBLISH_MEMBER = 44;
    private static final int LIST_MEMBERS = 45;

    private static final List<Permission.Access> ACCESS =
            List.of(Permission.Access.READ, Permission.Access.WRITE, Permission.Access.READ_WRITE);
    private static final List<Caller.Kind> CALLERS =
            List.of(Caller.Kind.NOBODY, Caller.Kind.USER, Caller.Kind.MEMBER);

    private AdminCodec() {}

    static void write(RequestWriter out, AuthRequest request) {
        switch (request) {
            case AuthRequest.Enable r -> out.octet(ENABLE);
            case AuthRequest.Disable r -> out.octet(DISABLE);
            case AuthRequest.Status r -> out.octet(STATUS);
            case AuthRequest.Authenticate r -> write(out, AUTHENTICATE, r.user(), r.hash());
            case AuthRequest.AddUser r -> write(out, ADD_USER, r.user(), r.hash());
            case AuthRequest.DeleteUser r -> write(out, DELETE_USER, r.user());
            case AuthRequest.ChangePassword r -> write(out, CHANGE_PASSWORD, r.user(), r.hash());
            case AuthRequest.GrantRole r -> write(out, GRANT_ROLE, r.user(), r.role());
            case AuthRequest.RevokeRole r -> write(out, REVOKE_ROLE, r.user(), r.role());
            case AuthRequest.GetUser r -> write(out, GET_USER, r.user());
            case AuthRequest.ListUsers r -> out.octet(LIST_USERS);
            case AuthRequest.AddRole r -> write(out, ADD_ROLE, r.role());
            case AuthRequest.DeleteRole r -> write(out, DELETE_ROLE, r.role());
            case AuthRequest.GrantPermission r -> {
                write(out, GRANT_PERMISSION, r.role());
                permission(out, r.permission());
            }
            case AuthRequest.RevokePermission r ->
                    write(out, REVOKE_PERMISSION, r.role(), r.keys().start(), r.keys().end());
            case AuthRequest.GetRole r -> write(out, GET_ROLE, r.role());
            case AuthRequest.ListRoles r -> out.octet(LIST_ROLES);
        }
    }

    private static void write(RequestWriter out, int tag, Bytes... fields) {
        out.octet(tag);
        for (Bytes field : fields) {
            out.bytes(field);
        }
    }

    static void write(RequestWriter out, MemberRequest request) {
        switch (request) {
            case MemberRequest.AddMember r -> {
                out.octet(ADD_MEMBER);
                member(out, r.member());
            }
            case MemberRequest.RemoveMember r -> write(out, REMOVE_MEMBER, r.id());
            case MemberRequest.PromoteMember r -> write(out, PROMOTE_MEMBER, r.id());
            case MemberRequest.UpdateMember r -> {
                write(out, UPDATE_MEMBER, r.id());
                texts(out, r.peerUrls());
            }
            case MemberRequest.PublishMember r -> {
                write(out, PUBLISH_MEMBER, r.id());
                out.bytes(Bytes.utf8(r.name()));
                texts(out, r.clientUrls());
            }
            case MemberRequest.ListMembers r -> out.octet(LIST_MEMBERS);
        }
    }

    private static void write(RequestWriter out, int tag, long id) {
        out.octet(tag);
        out.number(id);
    }

    static Request read(RequestReader in) {
        return in.peek("request") < ADD_MEMBER ? auth(in) : member(in, in.octet("request"));
    }

    private static Request auth(RequestReader in) {
        int tag = in.octet("request");
        return switch (tag) {
            case ENABLE -> new AuthRequest.Enable();
            case DISABLE -> new AuthRequest.Disable();
            case STATUS -> new AuthRequest.Status();
            case AUTHENTICATE -> new AuthRequest.Authenticate(user(in), in.bytes("hash"));
            case ADD_USER -> new AuthRequest.AddUser(user(in), in.bytes("hash"));
            case DELETE_USER -> new AuthRequest.DeleteUser(user(in));
            case CHANGE_PASSWORD -> new AuthRequest.ChangePassword(user(in), in.bytes("hash"));
            case GRANT_ROLE -> new AuthRequest.GrantRole(user(in), role(in));
            case REVOKE_ROLE -> new AuthRequest.RevokeRole(user(in), role(in));
            case GET_USER -> new AuthRequest.GetUser(user(in));
            case LIST_USERS -> new AuthRequest.ListUsers();
            case ADD_ROLE -> new AuthRequest.AddRole(role(in));
            case DELETE_ROLE -> new AuthRequest.DeleteRole(role(in));
            case GRANT_PERMISSION -> new AuthRequest.GrantPermission(role(in), permission(in));
            case REVOKE_PERMISSION -> new AuthRequest.RevokePermission(role(in), keys(in));
            case GET_ROLE -> new AuthRequest.GetRole(role(in));
            case LIST_ROLES -> new AuthRequest.ListRoles();
            default -> throw in.malformed("request", "a known tag", Integer.toString(tag));
        };
    }

    private static Request member(RequestReader in, int tag) {
        return switch (tag) {
            case ADD_MEMBER -> new MemberRequest.AddMember(member(in));
            case REMOVE_MEMBER -> new MemberRequest.RemoveMember(in.number("member"));
            case PROMOTE_MEMBER -> new MemberRequest.PromoteMember(in.number("member"));
            case UPDATE_MEMBER ->
                    new MemberRequest.UpdateMember(in.number("member"), texts(in, "peer urls"));
            case PUBLISH_MEMBER ->
                    new MemberRequest.PublishMember(
                            in.number("member"), text(in, "name"), texts(in, "client urls"));
            case LIST_MEMBERS -> new MemberRequest.ListMembers();
            default -> throw in.malformed("request", "a known tag", Integer.toString(tag));
        };
    }

    static void caller(RequestWriter out, Caller caller) {
        out.octet(CALLERS.indexOf(caller.kind()));
        if (caller.kind() == Caller.Kind.USER) {
            out.bytes(caller.user());
            out.number(caller.authRevision());
        }
    }

    static Caller caller(RequestReader in) {
        return switch (in.constant("caller", CALLERS)) {
            case NOBODY -> Caller.NOBODY;
            case MEMBER -> Caller.MEMBER;
            case USER -> Caller.user(user(in), in.number("auth revision"));
        };
    }

    static void permission(RequestWriter out, Permission permission) {
        out.octet(ACCESS.indexOf(permission.access()));
        out.bytes(permission.keys().start());
        out.bytes(permission.keys().end());
    }

    static Permission permission(RequestReader in) {
        return new Permission(in.constant("access", ACCESS), keys(in));
    }

    static void member(RequestWriter out, Member member) {
        out.number(member.id());
        out.bool(member.isLearner());
        out.bytes(Bytes.utf8(member.name()));
        texts(out, member.peerUrls());
        texts(out, member.clientUrls());
    }

    static Member member(RequestReader in) {
        long id = in.number("member");
        boolean isLearner = in.bool("learner");
        String name = text(in, "name");
        List<String> peerUrls = texts(in, "peer urls");
        return new Member(id, name, peerUrls, texts(in, "client urls"), isLearner);
    }

    private static KeyRange keys(RequestReader in) {
        return new KeyRange(in.bytes("range start"), in.bytes("range end"));
    }

    private static Bytes user(RequestReader in) {
        return in.bytes("user");
    }

    private static Bytes role(RequestReader in) {
        return in.bytes("role");
    }

    private static void texts(RequestWriter out, List<String> texts) {
        out.number(texts.size());
        texts.forEach(text -> out.bytes(Bytes.utf8(text)));
    }

    private static List<String> texts(RequestReader in, String field) {
        int count = in.count(field);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(in, field));
        }
        return texts;
    }

    private static String text(RequestReader in, String field) {
        return in.bytes(field).toUtf8();
    }
}
