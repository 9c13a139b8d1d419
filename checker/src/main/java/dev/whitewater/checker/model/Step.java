package dev.whitewater.checker.model;

/** What a model answers when an operation is applied to a state. */
public sealed interface Step<S> {
    /** The operation is allowed and leads to this state. */
    record Next<S>(S state) implements Step<S> {}

    /** The operation can't have given its answer in this state; {@code why} completes "because". */
    record Refused<S>(String why) implements Step<S> {}

    static <S> Step<S> next(S state) {
        return new Next<>(state);
    }

    static <S> Step<S> refused(String why) {
        return new Refused<>(why);
    }
}
