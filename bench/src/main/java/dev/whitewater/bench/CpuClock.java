package dev.whitewater.bench;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/**
 * The processor time of the whole process since this was made: all threads, the collector's and the
 * compiler's among them. What a user pays for, so what is reported.
 */
public final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final double NANOS = 1e9;

    private final long started = SYSTEM.getProcessCpuTime();

    public double seconds() {
        return (SYSTEM.getProcessCpuTime() - started) / NANOS;
    }
}
