package dev.whitewater.reports.picture;

import java.util.List;
import java.util.TreeSet;

/**
 * A real-time ruler for a few moments that may lie far apart: order is kept, close moments are
 * given room, and a long stretch in which nothing of interest happens is cut short and marked.
 */
final class BrokenRuler {

    /** A cut: a long stretch drawn short. */
    record Cut(double x, long nanos) {}

    private static final double NARROW = 24;
    private static final double WIDE = 4.5;

    private final long[] moments;
    private final double[] places;
    private final boolean[] cutBefore;

    BrokenRuler(List<Long> nanos, double left, double right) {
        moments = new TreeSet<>(nanos).stream().mapToLong(Long::longValue).toArray();
        places = new double[moments.length];
        cutBefore = new boolean[moments.length];
        if (moments.length == 0) {
            return;
        }
        long[] gaps = new long[moments.length];
        for (int i = 1; i < moments.length; i++) {
            gaps[i] = moments[i] - moments[i - 1];
        }
        long limit = longest(gaps);
        double[] widths = new double[moments.length];
        double total = 0;
        for (int i = 1; i < moments.length; i++) {
            cutBefore[i] = gaps[i] > limit;
            widths[i] = (double) Math.min(gaps[i], limit) / Math.max(1, limit);
            total += widths[i];
        }
        spread(widths, total, left, right);
    }

    /** A gap counts as long when it exceeds a few times the median gap. */
    private static long longest(long[] gaps) {
        long[] sorted = java.util.Arrays.stream(gaps).skip(1).sorted().toArray();
        return sorted.length == 0 ? 1 : Math.max(1, (long) (sorted[sorted.length / 2] * WIDE));
    }

    private void spread(double[] widths, double total, double left, double right) {
        double fixed = NARROW * (moments.length - 1);
        double free = Math.max(0, right - left - fixed);
        double x = left;
        for (int i = 0; i < moments.length; i++) {
            x += i == 0 ? 0 : NARROW + (total == 0 ? 0 : free * widths[i] / total);
            places[i] = Math.min(x, right);
        }
    }

    double x(long nanos) {
        for (int i = 0; i < moments.length; i++) {
            if (nanos <= moments[i]) {
                if (i == 0 || nanos == moments[i]) {
                    return places[i];
                }
                double share = (double) (nanos - moments[i - 1]) / (moments[i] - moments[i - 1]);
                return places[i - 1] + share * (places[i] - places[i - 1]);
            }
        }
        return moments.length == 0 ? 0 : places[moments.length - 1];
    }

    List<Cut> cuts() {
        List<Cut> cuts = new java.util.ArrayList<>();
        for (int i = 1; i < moments.length; i++) {
            if (cutBefore[i]) {
                cuts.add(new Cut((places[i - 1] + places[i]) / 2, moments[i] - moments[i - 1]));
            }
        }
        return cuts;
    }

    long first() {
        return moments.length == 0 ? 0 : moments[0];
    }

    long last() {
        return moments.length == 0 ? 0 : moments[moments.length - 1];
    }
}
