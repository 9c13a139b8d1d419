package dev.whitewater.node.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.snapshot.FileImage.Piece;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.store.port.BackendFile;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

class FileImageTest {

    private static final int PAGE = FileImage.PAGE;

    /** What a device would have that was given the pieces. */
    private static final class Device {
        private byte[] bytes = new byte[0];

        void take(Piece piece) {
            int end = (int) piece.at() + piece.bytes().length;
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
            System.arraycopy(piece.bytes(), 0, bytes, (int) piece.at(), piece.bytes().length);
        }

        void takeAll(FileImage image) {
            for (Piece piece = image.take(2 * PAGE, true);
                    !piece.isNone();
                    piece = image.take(2 * PAGE, true)) {
                assertTrue(piece.bytes().length <= 2 * PAGE);
                take(piece);
            }
            bytes = Arrays.copyOf(bytes, (int) image.length());
        }
    }

    private static byte[] content(FileImage image) {
        byte[] all = new byte[(int) image.length()];
        image.read(0, all, 0, all.length);
        return all;
    }

    /** Whatever is written, cut and taken in whatever order: image and device are a plain array. */
    @Property(tries = 300)
    void theDeviceComesToHaveWhatWasWritten(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FileImage image = new FileImage();
        Device device = new Device();
        byte[] model = new byte[0];
        for (int step = 0; step < 40; step++) {
            int at = random.nextInt(6 * PAGE);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    byte[] bytes = new byte[random.nextInt(2 * PAGE)];
                    random.nextBytes(bytes);
                    image.write(at, bytes, 0, bytes.length);
                    model = Arrays.copyOf(model, Math.max(model.length, at + bytes.length));
                    System.arraycopy(bytes, 0, model, at, bytes.length);
                }
                case 2 -> {
                    image.truncate(at);
                    model = Arrays.copyOf(model, at);
                }
                default -> device.take(image.take(2 * PAGE, false));
            }
            assertArrayEquals(model, content(image));
        }
        device.takeAll(image);
        assertArrayEquals(model, device.bytes);
    }

    @Test
    void aStreamGoesToTheDeviceInOrderAndEachByteOnce() {
        FileImage image = new FileImage();
        image.letGo();
        byte[] some = new byte[PAGE / 2 + 1];
        Device device = new Device();
        long taken = 0;
        for (int i = 0; i < 50; i++) {
            Arrays.fill(some, (byte) i);
            image.write(image.length(), some, 0, some.length);
            Piece piece = image.take(PAGE, false);
            if (!piece.isNone()) {
                assertEquals(taken, piece.at());
                assertEquals(PAGE, piece.bytes().length);
                taken += PAGE;
                device.take(piece);
            }
        }
        device.takeAll(image);
        assertTrue(image.hasDeviceLength());
        for (int i = 0; i < 50; i++) {
            assertEquals(i, device.bytes[i * some.length]);
        }
    }

    @Test
    void whatWasLetGoIsNeitherReadNorWritten() {
        FileImage image = new FileImage();
        image.letGo();
        image.write(0, new byte[3 * PAGE], 0, 3 * PAGE);
        assertEquals(PAGE, image.take(PAGE, false).bytes().length);
        byte[] one = new byte[1];
        assertThrows(InvariantViolation.class, () -> image.read(0, one, 0, 1));
        assertThrows(InvariantViolation.class, () -> image.write(PAGE - 1, one, 0, 1));
        image.read(PAGE, one, 0, 1);
        assertThrows(InvariantViolation.class, () -> image.read(3 * PAGE, one, 0, 1));
    }

    @Test
    void aPartBeginsBehindWhatWasSkipped() {
        FileImage image = new FileImage();
        image.write(0, new byte[] {9, 9}, 0, 2);
        BackendFile part = image.behind(2);
        part.write(1, new byte[] {5}, 0, 1);
        assertEquals(2, part.length());
        assertArrayEquals(new byte[] {9, 9, 0, 5}, content(image));
        part.truncate(1);
        assertEquals(3, image.length());
        assertFalse(image.hasDeviceLength());
    }

    @Test
    void whatCameFromTheDeviceNeedNotGoBack() {
        FileImage image = new FileImage();
        image.load(new byte[PAGE + 7]);
        image.load(new byte[] {1});
        assertTrue(image.take(PAGE, true).isNone());
        assertEquals(PAGE + 8, image.length());
        assertTrue(image.hasDeviceLength());
    }
}
