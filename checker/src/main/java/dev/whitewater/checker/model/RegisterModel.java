package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

/**
 * A model whose every partition is one register. For such models there are methods that need no
 * search, and witnesses may be cut down value by value.
 */
public interface RegisterModel extends Model<Value> {
    /** What an operation does to its register. */
    sealed interface Access {
        /** Saw this value. */
        record Read(Value value) implements Access {}

        /** Set this value, whatever was there. */
        record Write(Value value) implements Access {}

        /** Found the expected value and set the new one, in one step. */
        record Swap(Value expected, Value value) implements Access {}

        /** Found another value than this one. */
        record Miss(Value unexpected) implements Access {}

        /** Found any value but nil and set nil. */
        record Clear() implements Access {}

        /** Set the text that was there with this one behind it. */
        record Append(Value text) implements Access {}

        /** Saw something and told nothing. */
        record Silent() implements Access {}
    }

    /** What a function's operations are, as far as its name tells. */
    enum Plain {
        /** Answered, they are a {@link Access.Read} of the output. */
        READ,
        /** They are a {@link Access.Write} of the argument. */
        WRITE,
        OTHER
    }

    /** What all operations of this function are; the partition must be the key then. */
    default Plain plain(String function) {
        return Plain.OTHER;
    }

    /** Whether a plain operation's nil stands for the initial value. */
    default boolean nilIsInitial() {
        return false;
    }

    /** How this operation, answered or not, touches the register. */
    Access access(Operation operation);

    @Override
    default Step<Value> step(Value state, Operation operation) {
        return switch (access(operation)) {
            case Access.Write(Value value) -> Step.next(value);
            case Access.Read(Value value) ->
                    state.equals(value)
                            ? Step.next(state)
                            : Step.refused("it read " + value + " while the value is " + state);
            case Access.Swap(Value expected, Value value) ->
                    state.equals(expected)
                            ? Step.next(value)
                            : Step.refused("it found " + expected + " while the value is " + state);
            case Access.Miss(Value unexpected) ->
                    state.equals(unexpected)
                            ? Step.refused("it missed " + unexpected + ", which is the value")
                            : Step.next(state);
            case Access.Clear() ->
                    state.isNil()
                            ? Step.refused("it removed a value while there is none")
                            : Step.next(Value.NIL);
            case Access.Append(Value text) -> Step.next(appended(state, text));
            case Access.Silent() -> Step.next(state);
        };
    }

    @Override
    default boolean readOnly(Operation operation) {
        return switch (access(operation)) {
            case Access.Read _, Access.Miss _, Access.Silent _ -> true;
            case Access.Swap(Value expected, Value value) -> expected.equals(value);
            case Access.Write _, Access.Clear _, Access.Append _ -> false;
        };
    }

    private static Value appended(Value before, Value more) {
        String head = before instanceof Value.Text(String text) ? text : before.toString();
        String tail = more instanceof Value.Text(String text) ? text : more.toString();
        return Value.text(head + tail);
    }

    @Override
    default boolean overwrites(Operation operation) {
        return access(operation) instanceof Access.Write;
    }

    @Override
    default String describe(Value state) {
        return state.toString();
    }
}
