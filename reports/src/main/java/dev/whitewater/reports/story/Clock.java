package dev.whitewater.reports.story;

/** Virtual time as text: always a point as separator, digits grouped by thin spaces nowhere. */
public final class Clock {

    private static final long SECOND = 1_000_000_000L;

    private Clock() {}

    /** Seconds with milliseconds: {@code 8.402 s}. */
    public static String seconds(long nanos) {
        return decimal(nanos, SECOND, 3) + " s";
    }

    /** A duration in the unit that fits it: {@code 7.3 ms}, {@code 12.7 s}. */
    public static String span(long nanos) {
        if (nanos >= 10 * SECOND) {
            return decimal(nanos, SECOND, 1) + " s";
        }
        if (nanos >= SECOND) {
            return decimal(nanos, SECOND, 2) + " s";
        }
        return nanos >= 1_000_000
                ? decimal(nanos, 1_000_000, 1) + " ms"
                : decimal(nanos, 1_000, 0) + " µs";
    }

    /** {@code nanos / unit} with {@code digits} decimals, rounded half up. */
    public static String decimal(long nanos, long unit, int digits) {
        long scale = 1;
        for (int i = 0; i < digits; i++) {
            scale *= 10;
        }
        long step = Math.max(1, unit / scale);
        long scaled = Math.floorDiv(nanos + step / 2, step);
        String whole = Long.toString(scaled / scale);
        if (digits == 0) {
            return whole;
        }
        String rest = Long.toString(scaled % scale);
        return whole + "." + "0".repeat(digits - rest.length()) + rest;
    }

    /** A count with its thousands apart: {@code 41 203}, never breaking. */
    public static String count(long n) {
        String digits = Long.toString(n);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            boolean group = i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-';
            text.append(group ? "\u00a0" : "").append(digits.charAt(i));
        }
        return text.toString();
    }
}
