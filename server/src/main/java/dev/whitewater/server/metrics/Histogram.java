package dev.whitewater.server.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** Durations in buckets that double, as etcd's: a thousandth of a second to eight seconds. */
public final class Histogram {

    private static final int BUCKETS = 14;
    private static final double FIRST_SECONDS = 0.001;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS + 1);
    private final DoubleAdder sum = new DoubleAdder();

    public void observe(long nanos) {
        double seconds = nanos / 1e9;
        int bucket = 0;
        double bound = FIRST_SECONDS;
        while (bucket < BUCKETS && seconds > bound) {
            bound *= 2;
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sum.add(seconds);
    }

    void write(MetricsPage page, String name) {
        double bound = FIRST_SECONDS;
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += counts.get(i);
            page.sample(name + "_bucket{le=\"" + MetricsPage.number(bound) + "\"}", total);
            bound *= 2;
        }
        total += counts.get(BUCKETS);
        page.sample(name + "_bucket{le=\"+Inf\"}", total);
        page.sample(name + "_sum", sum.sum());
        page.sample(name + "_count", total);
    }
}
