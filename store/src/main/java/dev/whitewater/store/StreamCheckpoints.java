package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

/**
 * A checkpoint as a snapshot ({@link SnapshotWriter}) with a {@link CheckpointFooter} behind it.
 * Needs nothing but the JDK, so that simulations and pages have it too.
 */
public final class StreamCheckpoints implements Checkpoints {
    private static final int MAGIC = 0x57575331;

    @Override
    public Writer begin(Store store, BackendFile file) {
        return new StreamWriter(store, file);
    }

    @Override
    public Reader open(BackendFile file, Limits limits) {
        return new StreamReader(file, limits);
    }

    @Override
    public boolean isLaidOutIn(BackendFile file) {
        return CheckpointFooter.hasMagic(file, MAGIC);
    }

    /** Writes body and footer. */
    private static final class StreamWriter implements Writer {
        private final BackendFile file;
        private final SnapshotWriter snapshot;
        private final RequestWriter buffer = new RequestWriter();
        private final ImageChecksum checksum = new ImageChecksum();
        private final long appliedIndex;
        private boolean done;

        private StreamWriter(Store store, BackendFile file) {
            this.file = file;
            this.snapshot = new SnapshotWriter(store);
            this.appliedIndex = store.appliedIndex();
        }

        @Override
        public long appliedIndex() {
            return appliedIndex;
        }

        @Override
        public boolean step(int bytesMost) {
            if (done) {
                return false;
            }
            boolean more = snapshot.write(buffer, bytesMost);
            buffer.checksum(checksum);
            buffer.drainTo(file);
            if (!more) {
                CheckpointFooter.write(file, MAGIC, appliedIndex, checksum);
                file.sync();
                done = true;
            }
            return more;
        }

        @Override
        public boolean looksBack() {
            return false;
        }

        @Override
        public void abandon() {
            done = true;
            snapshot.close();
        }
    }

    /** Looks at all of the file first, and reads it then. */
    private static final class StreamReader implements Reader {
        private final CheckpointFooter.Check check;
        private final SnapshotReader snapshot;
        private final Store store;
        private boolean done;

        private StreamReader(BackendFile file, Limits limits) {
            check = new CheckpointFooter.Check(file, MAGIC);
            store = new Store(limits);
            snapshot =
                    new SnapshotReader(
                            new RequestReader(file, check.bodyLength(), MalformedSnapshot::new),
                            store);
        }

        @Override
        public boolean step(int bytesMost) {
            if (check.step(bytesMost)) {
                return true;
            }
            if (!done) {
                done = !snapshot.read(bytesMost);
                if (done) {
                    check.appliedIndexIs(store.appliedIndex());
                }
            }
            return !done;
        }

        @Override
        public boolean isWhole() {
            return check.isRight();
        }

        @Override
        public Store store() {
            if (!done) {
                throw new BrokenInvariant("checkpoint-is-read", "more remains");
            }
            return store;
        }
    }
}
