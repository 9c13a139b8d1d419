package dev.whitewater.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array as one number, by one load. Hashes and comparisons of keys and values
 * live on it: put together byte by byte it takes four times as long, and so does a buffer around
 * the array wherever the compiler can't do without making one.
 *
 * <p>The one class of the replicated state that the page has to bring its own of, since handles of
 * variables don't exist there.
 */
final class Words {
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Words() {}

    /** The lowest byte first. */
    static long little(byte[] bytes, int at) {
        return (long) LITTLE.get(bytes, at);
    }

    /** The highest byte first. */
    static long big(byte[] bytes, int at) {
        return (long) BIG.get(bytes, at);
    }
}
