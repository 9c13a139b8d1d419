package dev.whitewater.sim.disk;

/** What a crash now would leave of a file, damage aside. */
public interface DurableFile {

    /** In place of a file that a crash would not leave. */
    DurableFile NONE =
            new DurableFile() {
                private final byte[] bytes = {};

                @Override
                public byte[] durable() {
                    return bytes;
                }

                @Override
                public int durableLength() {
                    return 0;
                }
            };

    /** Of these the first {@link #durableLength} count. Not to be written to. */
    byte[] durable();

    int durableLength();
}
