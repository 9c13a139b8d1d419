package dev.whitewater.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of the calling thread, from when this was made. */
final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS = 1e9;

    private final long started = THREADS.getCurrentThreadCpuTime();

    double seconds() {
        return (THREADS.getCurrentThreadCpuTime() - started) / NANOS;
    }
}
