package dev.whitewater.checker.history;

/** What a client learnt about its operation. */
public enum Outcome {
    /** It took effect between call and return, with the answer given. */
    OK,
    /** It was refused and had no effect, now or later. */
    FAIL,
    /** Nobody knows: it may take effect at any time after its call, or never. */
    INFO
}
