package dev.whitewater.sim.monitor;

import dev.whitewater.node.port.WatchNews;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.WatchEvent;
import dev.whitewater.store.WatchRequest;

import java.util.ArrayList;
import java.util.List;

/**
 * What watches were told, in the lines of docs/formats/history.md, so that it can be judged again
 * afterwards; kept only if somebody asked for it. Values stand there by their hashes.
 */
final class WatchRecord {

    /** Where a range without an end ends: no client has a key from here on. */
    private static final String AFTER_ALL_KEYS = "~";

    private final List<Detail.Fields> lines = new ArrayList<>();
    private boolean on;
    private long opened;

    void begin() {
        on = true;
    }

    /** A watch is there; its name in the lines. */
    long opens(WatchRequest request, long start) {
        opened++;
        if (on) {
            KeyRange keys = request.keys();
            List<Detail.Field> fields = new ArrayList<>();
            fields.add(text("from", keys.start().toUtf8()));
            if (!keys.isSingle()) {
                fields.add(text("to", keys.isOpenEnded() ? AFTER_ALL_KEYS : keys.end().toUtf8()));
            }
            fields.add(number("start", start));
            fields.add(truth("puts", !request.options().noPut()));
            fields.add(truth("deletes", !request.options().noDelete()));
            line("watch", opened, fields);
        }
        return opened;
    }

    void told(long watch, WatchNews.Events news) {
        if (on) {
            List<Detail> changes = new ArrayList<>();
            for (WatchEvent event : news.events()) {
                KeyValue kv = event.kv();
                long hash = Version.hash(kv.value());
                changes.add(change(kv.modRevision(), kv.key().toUtf8(), kv.isTombstone(), hash));
            }
            Detail.Field all = new Detail.Field("changes", new Detail.Items(changes));
            line("told", watch, List.of(all, truth("more", news.fragment())));
        }
    }

    /** {@code kind}: progress, compacted, or quiet, up to a revision. */
    void reaches(String kind, long watch, long revision) {
        if (on) {
            line(kind, watch, List.of(number("revision", revision)));
        }
    }

    /** All of it, and what really happened. */
    List<Detail.Fields> lines(Truth truth) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<Detail.Fields> all = new ArrayList<>();
        for (int place = 0; place < truth.place(Long.MAX_VALUE); place++) {
            Version it = truth.change(place);
            Detail.Fields fields = change(it.mod, it.key.toUtf8(), !it.isThere(), it.valueHash);
            all.add(new Detail.Fields(List.of(text("kind", "change"))).with(fields.fields()));
        }
        all.addAll(lines);
        return all;
    }

    private static Detail.Fields change(long revision, String key, boolean deletes, long hash) {
        Detail value = deletes ? new Detail.Absent() : new Detail.Text(Long.toHexString(hash));
        return new Detail.Fields(
                List.of(
                        number("revision", revision),
                        text("key", key),
                        new Detail.Field("value", value)));
    }

    private void line(String kind, long watch, List<Detail.Field> more) {
        lines.add(
                new Detail.Fields(List.of(text("kind", kind), number("watch", watch))).with(more));
    }

    private static Detail.Field number(String name, long number) {
        return new Detail.Field(name, new Detail.Whole(number));
    }

    private static Detail.Field text(String name, String text) {
        return new Detail.Field(name, new Detail.Text(text));
    }

    private static Detail.Field truth(String name, boolean truth) {
        return new Detail.Field(name, new Detail.Truth(truth));
    }
}
