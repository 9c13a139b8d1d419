package dev.whitewater.scenarios;

/** Nanoseconds as people write them: {@code 150ms}, {@code 3s}. */
public final class Durations {
    private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };

    /** How a duration must look, for messages. */
    public static final String EXPECTED =
            "a duration such as 150ms or 3s (a whole number and one of ns, us, ms, s, m, h)";

    /** What {@link #parse} answers for a text that is no duration. */
    public static final long NOT_A_DURATION = -1;

    private Durations() {}

    /** The shortest exact form; reading it back gives the same number. */
    public static String write(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        for (int i = 0; i < UNITS.length; i++) {
            // Minutes and hours only from two on: "90s" and "60s" read better than "1m".
            boolean natural = i > 1 || nanos / NANOS[i] > 1;
            if (natural && nanos % NANOS[i] == 0) {
                return nanos / NANOS[i] + UNITS[i];
            }
        }
        throw new IllegalStateException("every number of nanoseconds is a multiple of one");
    }

    /** Nanoseconds, or {@link #NOT_A_DURATION}. */
    public static long parse(String text) {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            return NOT_A_DURATION;
        }
        String unit = text.substring(digits);
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                long number = Long.parseLong(text.substring(0, digits));
                long nanos = number * NANOS[i];
                return nanos / NANOS[i] == number ? nanos : Long.MAX_VALUE;
            }
        }
        return NOT_A_DURATION;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
