package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

/**
 * How the whole replicated state is laid out in one finished file. There is one layout for the
 * simulator and the page and one that MapDB writes.
 *
 * <p>A finished file carries the applied index that its data stand for and a checksum over all of
 * itself. It is never written again: whoever opens it and finds the checksum wrong takes an older
 * one and more of the log.
 */
public interface Checkpoints {

    /**
     * Begins to write the state that {@code store} is in now to {@code file}, which is empty. The
     * store may go on meanwhile; until the writer is done or abandoned it removes nothing that was
     * compacted.
     */
    Writer begin(Store store, BackendFile file);

    /**
     * Begins to read what a writer finished.
     *
     * @param limits of the store that comes out
     */
    Reader open(BackendFile file, Limits limits);

    /**
     * Whether a file says of itself that it is of this layout; its sum may be wrong all the same.
     */
    boolean isLaidOutIn(BackendFile file);

    /** A checkpoint being written, in slices. */
    interface Writer {

        /** The applied index that it stands for. */
        long appliedIndex();

        /**
         * Writes on, about {@code bytesMost} bytes; true if more remains. After the last step the
         * file is complete, and was asked to sync; the host waits for that before it counts.
         */
        boolean step(int bytesMost);

        /**
         * Whether it reads or changes again what it wrote. If not, the host may let go of that as
         * soon as its device has it.
         */
        boolean looksBack();

        /** Gives up, if it isn't done; the file is good for nothing. */
        void abandon();
    }

    /** A checkpoint being read, in slices. */
    interface Reader {

        /**
         * Reads on, about {@code bytesMost} bytes; true if more remains.
         *
         * @throws MalformedSnapshot if the file isn't whole and right, which is certain before the
         *     last step returns
         */
        boolean step(int bytesMost);

        /**
         * Whether the sum over the file was found right. What is malformed in spite of that was
         * written so.
         */
        boolean isWhole();

        /** The store in the state that was written; only after the last step. */
        Store store();
    }
}
