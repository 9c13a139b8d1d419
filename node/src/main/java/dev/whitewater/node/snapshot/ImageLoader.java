package dev.whitewater.node.snapshot;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;

/** Reads one file at a time from the disk, in slices. */
final class ImageLoader {

    private final DiskQueue disk;
    private String name = "";
    private FileImage image = new FileImage();
    private long awaited;

    ImageLoader(DiskQueue disk) {
        this.disk = disk;
    }

    boolean isBusy() {
        return awaited != 0;
    }

    /** Begins; nothing else may be being read. */
    void begin(String file) {
        name = file;
        image = new FileImage();
        readOn();
    }

    private void readOn() {
        awaited = disk.read(name, image.length(), SnapshotFiles.CHUNK_BYTES);
    }

    /** A command came to its end; true if that was the last piece of the file. */
    boolean finished(long commandId, DiskResult result) {
        if (awaited == 0 || commandId != awaited) {
            return false;
        }
        if (!(result instanceof DiskResult.Content slice)) {
            throw new DiskFailure(DiskFailure.Kind.DEVICE, "unexpected answer " + result);
        }
        awaited = 0;
        image.load(slice.bytes());
        if (slice.bytes().length == SnapshotFiles.CHUNK_BYTES) {
            readOn();
            return false;
        }
        return true;
    }

    /** Whether a file was read and not forgotten. */
    boolean hasImage() {
        return awaited == 0 && !name.isEmpty();
    }

    /** What was read. */
    FileImage image() {
        return image;
    }

    /** Lets go of it. */
    void forget() {
        awaited = 0;
        name = "";
        image = new FileImage();
    }
}
