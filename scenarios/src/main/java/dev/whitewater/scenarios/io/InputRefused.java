package dev.whitewater.scenarios.io;

/**
 * A file is not what it should be. The message is one sentence that begins with {@code
 * file:line:column} and says what was expected there and what was found; the command line prints it
 * as it is and answers 64.
 */
public final class InputRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputRefused(Place place, String sentence) {
        super(place + ": " + sentence);
    }

    static InputRefused expected(Place place, String where, String expected, String found) {
        String prefix = where.isEmpty() ? "" : where + ": ";
        return new InputRefused(place, prefix + "expected " + expected + ", found " + found);
    }
}
