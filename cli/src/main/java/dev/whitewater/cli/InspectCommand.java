package dev.whitewater.cli;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.snapshot.SnapshotSummary;
import dev.whitewater.node.wal.DurableRecords;
import dev.whitewater.node.wal.SegmentSummary;
import dev.whitewater.node.wire.Command;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KnownCheckpoints;
import dev.whitewater.store.MalformedRequest;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Store;
import dev.whitewater.store.StreamCheckpoints;
import dev.whitewater.store.mapdb.MapDbCheckpoints;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

@picocli.CommandLine.Command(
        name = "inspect",
        description = {
            "What a member's data directory holds: log, hard state, snapshots, keys.",
            "Only reads, and is meant for a member that does not run."
        },
        footer = {
            "  ./whitewater inspect out/local/m1",
            "  ./whitewater inspect m1.etcd --records"
        })
final class InspectCommand extends CommandDefaults {

    private static final Checkpoints CHECKPOINTS =
            new KnownCheckpoints(List.of(new StreamCheckpoints(), new MapDbCheckpoints()));

    @Parameters(index = "0", paramLabel = "DIR", description = "A member's data directory.")
    private Path folder = Path.of("");

    @Option(names = "--records", description = "Print every record of the log.")
    private boolean records;

    /** The log as its records leave it, by index. */
    private final TreeMap<Long, Entry> log = new TreeMap<>();

    private HardState hardState = HardState.INITIAL;
    private EntryId reset = EntryId.ZERO;
    private Store store = new Store();
    private long recordCount;

    InspectCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files = files();
        for (Path file : files) {
            if (SnapshotSummary.isSnapshot(name(file))) {
                snapshot(file);
            }
        }
        for (Path file : files) {
            if (SegmentSummary.isSegment(name(file))) {
                segment(file);
            }
        }
        for (Path file : files) {
            if (!SnapshotSummary.isSnapshot(name(file)) && !SegmentSummary.isSegment(name(file))) {
                line("other", name(file) + ", " + Files.size(file) + " bytes");
            }
        }
        showLog();
        showState();
        return ExitCode.PASSED;
    }

    private List<Path> files() throws IOException {
        Path inner = folder.resolve("member");
        Path files = Files.isDirectory(inner) ? inner : folder;
        if (!Files.isDirectory(files)) {
            throw Refused.usage(folder + ": expected a data directory, found no such folder.");
        }
        try (Stream<Path> all = Files.list(files)) {
            List<Path> sorted = all.filter(Files::isRegularFile).sorted().toList();
            if (sorted.stream().noneMatch(file -> SegmentSummary.isSegment(name(file)))) {
                throw Refused.usage(
                        folder + ": expected a data directory, found no log segment in it.");
            }
            return sorted;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private void line(String word, String text) {
        screen().line(word + " ".repeat(Math.max(1, 12 - word.length())) + text);
    }

    private void snapshot(Path file) throws IOException {
        try {
            SnapshotSummary summary = SnapshotSummary.read(Files.readAllBytes(file), CHECKPOINTS);
            line(
                    "snapshot",
                    name(file)
                            + ", "
                            + Files.size(file)
                            + " bytes, up to "
                            + summary.meta().last()
                            + ", "
                            + summary.meta().configuration());
            // In the order of their names: the newest whole one stays.
            store = summary.store();
        } catch (Malformed e) {
            line("snapshot", name(file) + " is damaged: " + e.getMessage());
        }
    }

    private void segment(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        var head = SegmentSummary.read(bytes);
        if (head.isEmpty()) {
            line("segment", name(file) + ", " + bytes.length + " bytes, without a whole head");
            return;
        }
        long before = recordCount;
        int end = DurableRecords.read(bytes, bytes.length, 0, this::record);
        line(
                "segment",
                name(file)
                        + ", "
                        + bytes.length
                        + " bytes, "
                        + (recordCount - before)
                        + " records in "
                        + end
                        + ", from index "
                        + head.get().firstIndex()
                        + "; "
                        + head.get().member()
                        + " of cluster "
                        + Long.toHexString(head.get().clusterId()));
    }

    private void record(HardState state, EntryId resetTo, List<Entry> entries) {
        recordCount++;
        hardState = state;
        if (resetTo.index() > 0) {
            reset = resetTo;
            log.clear();
        }
        if (!entries.isEmpty()) {
            log.tailMap(entries.getFirst().index(), true).clear();
        }
        for (Entry entry : entries) {
            log.put(entry.index(), entry);
        }
        if (records) {
            line(
                    "record",
                    recordCount + ": " + state + (resetTo.index() > 0 ? " reset " + resetTo : ""));
            entries.forEach(entry -> line("", text(entry)));
        }
    }

    private static String text(Entry entry) {
        String head = entry.id() + " " + entry.kind() + ", " + entry.data().length + " bytes";
        if (entry.kind() != EntryKind.COMMAND) {
            return head;
        }
        try {
            return head + ": " + Command.decode(entry.data()).request();
        } catch (Malformed | MalformedRequest e) {
            return head + ", which can't be read: " + e.getMessage();
        }
    }

    private void showLog() {
        Map<EntryKind, Long> kinds = new TreeMap<>();
        log.values().forEach(entry -> kinds.merge(entry.kind(), 1L, Long::sum));
        line(
                "hard state",
                "term "
                        + hardState.term()
                        + ", vote "
                        + hardState.votedFor()
                        + ", commit "
                        + hardState.commit());
        line(
                "log",
                log.isEmpty()
                        ? "no entry"
                        : log.firstEntry().getValue().id()
                                + " to "
                                + log.lastEntry().getValue().id()
                                + ", "
                                + kinds
                                + (reset.index() > 0
                                        ? ", a snapshot replaced it at " + reset
                                        : ""));
    }

    /** The newest snapshot and what the log says is committed after it. */
    private void showState() {
        long from = store.appliedIndex() + 1;
        for (Entry entry :
                log.subMap(from, true, Math.max(from, hardState.commit() + 1), false).values()) {
            if (entry.index() != store.appliedIndex() + 1) {
                line("state", "the log has a gap before " + entry.id());
                break;
            }
            apply(entry);
        }
        long keys =
                store.read(Range.of(KeyRange.ALL).countOnly()) instanceof RangeResponse range
                        ? range.count()
                        : 0;
        line(
                "state",
                "index "
                        + store.appliedIndex()
                        + ", revision "
                        + store.revision()
                        + ", compacted "
                        + Math.max(0, store.compactRevision())
                        + ", "
                        + keys
                        + " keys, "
                        + store.leaseIds().size()
                        + " leases, "
                        + store.alarms().size()
                        + " alarms, "
                        + store.bytes()
                        + " bytes, hash "
                        + Long.toHexString(store.hash()));
    }

    private void apply(Entry entry) {
        if (entry.kind() != EntryKind.COMMAND) {
            store.skip(entry.index());
            return;
        }
        try {
            store.apply(entry.index(), Command.decode(entry.data()).request());
        } catch (Malformed | MalformedRequest e) {
            line("state", "the command of " + entry.id() + " can't be read: " + e.getMessage());
            store.skip(entry.index());
        }
    }
}
