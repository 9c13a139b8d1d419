package dev.whitewater.checker.history;

/** What a client learnt about its operation. */
public enum Outcome {
    /** It took effect between call and return, with the answer given. */
    OK(0, "ok"),
    /** It was refused and had no effect, now or later. */
    FAIL(1, "fail"),
    /** Nobody knows: it may take effect at any time after its call, or never. */
    INFO(2, "info");

    private static final Outcome[] BY_CODE = {OK, FAIL, INFO};

    private final byte code;
    private final String word;

    Outcome(int code, String word) {
        this.code = (byte) code;
        this.word = word;
    }

    /** The number that files and columns know it by. */
    public byte code() {
        return code;
    }

    /** The word that Jepsen's histories know it by. */
    public String word() {
        return word;
    }

    /** The outcome with this {@link #code}. */
    public static Outcome of(int code) {
        return BY_CODE[code];
    }
}
