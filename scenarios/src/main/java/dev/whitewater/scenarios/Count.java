package dev.whitewater.scenarios;

/** A bound on a number of things: "at least 2". */
public record Count(Bound bound, long number) {

    public static final Count ANY = new Count(Bound.AT_LEAST, 0);

    public boolean holds(long actual) {
        return switch (bound) {
            case AT_LEAST -> actual >= number;
            case AT_MOST -> actual <= number;
            case EXACTLY -> actual == number;
        };
    }

    @Override
    public String toString() {
        return bound.words + " " + number;
    }

    /** The three kinds of bounds. */
    public enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most"),
        EXACTLY("exactly");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
