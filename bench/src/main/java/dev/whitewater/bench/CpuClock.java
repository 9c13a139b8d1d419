package dev.whitewater.bench;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Processor time since this was made. What a user pays for is the whole process's, so that is what
 * benchmarks report; a thread's own tells runs apart that go on side by side.
 */
public final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS = 1e9;

    private final LongSupplier source;
    private final long started;

    /** Of all threads, the collector's and the compiler's among them. */
    public CpuClock() {
        this(SYSTEM::getProcessCpuTime);
    }

    private CpuClock(LongSupplier source) {
        this.source = source;
        this.started = source.getAsLong();
    }

    /** Of the calling thread alone, which must be the one that asks for {@link #seconds}. */
    public static CpuClock ofThread() {
        return new CpuClock(THREADS::getCurrentThreadCpuTime);
    }

    public double seconds() {
        return (source.getAsLong() - started) / NANOS;
    }
}
