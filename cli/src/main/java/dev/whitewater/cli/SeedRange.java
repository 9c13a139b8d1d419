package dev.whitewater.cli;

/** Seeds {@code first..last}, both included. */
record SeedRange(long first, long last) {

    static SeedRange parse(String text) {
        int dots = text.indexOf("..");
        try {
            long first = Long.parseLong(dots < 0 ? text : text.substring(0, dots));
            long last = dots < 0 ? first : Long.parseLong(text.substring(dots + 2));
            if (first >= 0 && first <= last) {
                return new SeedRange(first, last);
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static Refused refused(String text) {
        return Refused.usage("expected seeds as 1..2000, found \"" + text + "\".");
    }
}
