package dev.whitewater.scenarios.io;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.StateChange.Field;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code trace.jsonl}: one event per line, in the order of happening. */
final class TraceLines {
    private static final List<String> FIELDS =
            List.of(
                    "e", "t", "kind", "node", "peer", "msg", "what", "delta", "note", "fault",
                    "arrive", "fate");
    private static final List<String> KINDS = words(TraceKind.values());
    private static final List<String> FATES = words(Fate.values());
    private static final List<String> ROLES = words(RoleKind.values());
    private static final List<String> STATE =
            Arrays.stream(Field.values()).map(TraceLines::name).toList();

    private TraceLines() {}

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** A field's name in the file. */
    private static String name(Field field) {
        return switch (field) {
            case ROLE -> "role";
            case TERM -> "term";
            case VOTE -> "vote";
            case LEADER -> "leader";
            case COMMIT -> "commit";
            case APPLIED -> "applied";
            case LAST -> "last";
            case LAST_TERM -> "lastTerm";
            case DURABLE -> "durable";
        };
    }

    static void write(Writer writer, List<TraceEvent> events) {
        Json json = Json.lines(writer);
        events.forEach(event -> json.line(line -> event(line, event)));
        json.flush();
    }

    private static void event(Json json, TraceEvent event) {
        json.number("e", event.event()).number("t", event.nanos());
        json.text("kind", KINDS.get(event.kind().ordinal()));
        json.numberIfAny("node", event.node()).numberIfAny("peer", event.peer());
        json.numberIfAny("msg", event.message()).textIfAny("what", event.what());
        if (!event.changes().isEmpty()) {
            json.fields("delta", delta -> event.changes().forEach(c -> change(delta, c)));
        }
        if (!event.notes().isEmpty()) {
            json.texts("note", event.notes());
        }
        json.textIfAny("fault", event.fault()).numberIfAny("arrive", event.arriveNanos());
        if (event.fate() != Fate.NONE) {
            json.text("fate", FATES.get(event.fate().ordinal()));
        }
    }

    private static void change(Json json, StateChange change) {
        if (change.field() == Field.ROLE) {
            json.text("role", ROLES.get((int) change.value()));
        } else {
            json.number(name(change.field()), change.value());
        }
    }

    static List<TraceEvent> read(String file, byte[] bytes) {
        List<TraceEvent> events = new ArrayList<>();
        LocatedReader.jsonLines(
                file,
                bytes,
                "events, one JSON object per line",
                item -> events.add(event(item, events.isEmpty() ? 0 : events.getLast().event())));
        return events;
    }

    private static TraceEvent event(Item item, long before) {
        Fields f = Fields.of(item, "", false, FIELDS);
        List<StateChange> changes = f.has("delta") ? changes(f.section("delta", STATE)) : List.of();
        List<String> notes =
                f.listOrNone("note").stream().map(note -> Fields.text(note, "note")).toList();
        return new TraceEvent(
                f.whole("e", before + 1, Long.MAX_VALUE),
                f.whole("t", 0, Long.MAX_VALUE),
                TraceKind.values()[KINDS.indexOf(f.oneOf("kind", KINDS))],
                f.whole("node", 0, 0, 255),
                f.whole("peer", 0, 0, 255),
                f.has("msg") ? f.whole("msg", 0, Long.MAX_VALUE) : 0,
                f.scalarOrEmpty("what"),
                changes,
                notes,
                f.scalarOrEmpty("fault"),
                f.has("arrive") ? f.whole("arrive", 0, Long.MAX_VALUE) : 0,
                f.has("fate") ? Fate.values()[FATES.indexOf(f.oneOf("fate", FATES))] : Fate.NONE);
    }

    private static List<StateChange> changes(Fields delta) {
        List<StateChange> changes = new ArrayList<>();
        for (Field field : Field.values()) {
            String name = name(field);
            if (delta.has(name)) {
                long value =
                        field == Field.ROLE
                                ? ROLES.indexOf(delta.oneOf(name, ROLES))
                                : delta.whole(name, 0, Long.MAX_VALUE);
                changes.add(new StateChange(field, value));
            }
        }
        return changes;
    }
}
