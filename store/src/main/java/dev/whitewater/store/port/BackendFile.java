package dev.whitewater.store.port;

/** One open file of {@link BackendFiles}: bytes by their place. */
public interface BackendFile {

    /** How many bytes it has. */
    long length();

    /**
     * Copies {@code count} bytes from place {@code at} on into {@code target} from {@code from} on.
     * All of them must be there.
     */
    void read(long at, byte[] target, int from, int count);

    /**
     * Copies {@code count} bytes of {@code source} from {@code from} on to place {@code at}. The
     * file grows as needed; places passed over hold zeros. The array may be used again at once.
     */
    void write(long at, byte[] source, int from, int count);

    /** Cuts the file off behind its first {@code length} bytes, or fills it up with zeros. */
    void truncate(long length);

    /** Asks the device to keep all that was written so far; does not wait for it. */
    void sync();

    /** Ends the use of this object. The file stays. */
    void close();
}
