package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;

/** The part of {@link RequestCodec} for commands that aren't operations on keys. */
final class CommandCodec {
    private static final int GRANT = 5;
    private static final int REVOKE = 6;
    private static final int CHECKPOINT = 7;
    private static final int COMPACT = 8;
    private static final int RAISE_ALARM = 9;
    private static final int CLEAR_ALARM = 10;

    private static final List<Alarm.Kind> ALARMS = List.of(Alarm.Kind.NO_SPACE, Alarm.Kind.CORRUPT);

    private CommandCodec() {}

    static void write(RequestWriter out, LeaseRequest request) {
        switch (request) {
            case LeaseRequest.Grant grant -> {
                out.octet(GRANT);
                out.number(grant.id());
                out.number(grant.ttlSeconds());
            }
            case LeaseRequest.Revoke revoke -> {
                out.octet(REVOKE);
                out.number(revoke.id());
            }
            case LeaseRequest.Checkpoint checkpoint -> {
                out.octet(CHECKPOINT);
                out.number(checkpoint.leases().size());
                for (LeaseRequest.Remaining lease : checkpoint.leases()) {
                    out.number(lease.id());
                    out.number(lease.seconds());
                }
            }
        }
    }

    static void write(RequestWriter out, MaintenanceRequest request) {
        switch (request) {
            case MaintenanceRequest.Compact compact -> {
                out.octet(COMPACT);
                out.number(compact.revision());
            }
            case MaintenanceRequest.RaiseAlarm raise -> {
                out.octet(RAISE_ALARM);
                alarm(out, raise.alarm());
            }
            case MaintenanceRequest.ClearAlarm clear -> {
                out.octet(CLEAR_ALARM);
                alarm(out, clear.alarm());
            }
        }
    }

    static Request read(RequestReader in) {
        int tag = in.octet("request");
        return switch (tag) {
            case GRANT -> {
                long id = in.number("lease id");
                yield new LeaseRequest.Grant(id, in.number("ttl"));
            }
            case REVOKE -> new LeaseRequest.Revoke(in.number("lease id"));
            case CHECKPOINT -> checkpoint(in);
            case COMPACT -> new MaintenanceRequest.Compact(in.number("revision"));
            case RAISE_ALARM -> new MaintenanceRequest.RaiseAlarm(alarm(in));
            case CLEAR_ALARM -> new MaintenanceRequest.ClearAlarm(alarm(in));
            default -> throw in.malformed("request", "a known tag", Integer.toString(tag));
        };
    }

    private static Request checkpoint(RequestReader in) {
        int count = in.count("leases");
        List<LeaseRequest.Remaining> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = in.number("lease id");
            leases.add(new LeaseRequest.Remaining(id, in.number("remaining")));
        }
        return new LeaseRequest.Checkpoint(leases);
    }

    static void alarm(RequestWriter out, Alarm alarm) {
        out.number(alarm.member());
        out.octet(ALARMS.indexOf(alarm.kind()));
    }

    static Alarm alarm(RequestReader in) {
        long member = in.number("member");
        return new Alarm(member, in.constant("alarm", ALARMS));
    }
}
