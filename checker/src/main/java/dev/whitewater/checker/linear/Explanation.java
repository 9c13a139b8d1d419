package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.model.RegisterModel.Access;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.search.Transitions;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/** The argument behind a broken part: the few operations that prove it, the rule, and the words. */
record Explanation(String rule, String sentence, List<Operation> operations) {

    static Explanation of(History history, Part part, SearchResult.Stuck stuck, Budget budget) {
        Part small = new Shrinker(part, budget).shrink(stuck.operation());
        List<Operation> operations = new ArrayList<>();
        for (int op = 0; op < small.size(); op++) {
            operations.add(history.operation(small.id(op)));
        }
        Words words = new Words(part, operations, history);
        if (small.model() instanceof RegisterModel register) {
            Explanation known = RegisterRules.explain(register, words);
            if (!known.rule().isEmpty()) {
                return known;
            }
        }
        return generic(small, words, budget);
    }

    private static Explanation generic(Part small, Words words, Budget budget) {
        StringBuilder text = new StringBuilder();
        int count = words.operations().size();
        text.append(
                count == 1
                        ? "This operation can't have its answer. "
                        : "No order of these " + count + " operations explains their answers. ");
        text.append(words.realTime());
        if (JustInTime.search(small, budget) instanceof SearchResult.Stuck(int op, int[] prefix)) {
            text.append(lastResort(small, words, op, prefix));
        }
        return new Explanation("no-order", text.toString(), words.operations());
    }

    /** One longest attempt, and why it ends. */
    private static String lastResort(Part small, Words words, int op, int[] prefix) {
        Transitions transitions = small.transitions(new Purse(Budget.UNLIMITED));
        int state = transitions.initial();
        List<String> done = new ArrayList<>();
        for (int before : prefix) {
            if (before != op) {
                state = transitions.next(state, small.kind(before));
                done.add(words.name(words.operations().get(before)));
            }
        }
        String refusal = transitions.refusal(state, small.kind(op));
        if (refusal.isEmpty()) {
            return "";
        }
        String after = done.isEmpty() ? "at the start" : "after " + String.join(", then ", done);
        return "For instance, "
                + after
                + ", "
                + words.name(words.operations().get(op))
                + " is refused, for "
                + refusal
                + ".";
    }

    /** Operations in words. */
    record Words(Part part, List<Operation> operations, History history) {

        /** More than a reader keeps in mind; the list of operations tells the rest. */
        private static final int FACTS_MAX = 5;

        String name(Operation operation) {
            return part.model().describe(operation) + " of client " + operation.client();
        }

        /** Which of the operations had returned before which others were called. */
        String realTime() {
            List<String> facts = new ArrayList<>();
            for (Operation first : operations) {
                for (Operation second : operations) {
                    if (before(first, second) && !isImplied(first, second)) {
                        facts.add(
                                name(first)
                                        + " had returned before "
                                        + name(second)
                                        + " was called");
                    }
                }
            }
            if (facts.isEmpty() || facts.size() > FACTS_MAX) {
                return "";
            }
            return String.join("; ", facts) + ". ";
        }

        private boolean isImplied(Operation first, Operation second) {
            for (Operation between : operations) {
                if (before(first, between) && before(between, second)) {
                    return true;
                }
            }
            return false;
        }

        boolean before(Operation first, Operation second) {
            return history.completion(first.id()) < history.call(second.id());
        }
    }

    /** The rules of a register that have names. */
    private static final class RegisterRules {
        private final RegisterModel register;
        private final Words words;

        private RegisterRules(RegisterModel register, Words words) {
            this.register = register;
            this.words = words;
        }

        static Explanation explain(RegisterModel register, Words words) {
            RegisterRules rules = new RegisterRules(register, words);
            String sentence = rules.unwritten();
            if (!sentence.isEmpty()) {
                return new Explanation("read-of-nothing", sentence, words.operations());
            }
            sentence = rules.stale();
            if (!sentence.isEmpty()) {
                return new Explanation("stale-read", sentence, words.operations());
            }
            sentence = rules.backwards();
            return new Explanation(
                    sentence.isEmpty() ? "" : "reads-go-back", sentence, words.operations());
        }

        private Value wanted(Operation operation) {
            return switch (register.access(operation)) {
                case Access.Read(Value value) -> value;
                case Access.Swap(Value expected, Value _) -> expected;
                case Access.Write _,
                        Access.Miss _,
                        Access.Clear _,
                        Access.Append _,
                        Access.Silent _ ->
                        NOTHING;
            };
        }

        private Value written(Operation operation) {
            return switch (register.access(operation)) {
                case Access.Write(Value value) -> value;
                case Access.Swap(Value _, Value value) -> value;
                case Access.Read _,
                        Access.Miss _,
                        Access.Clear _,
                        Access.Append _,
                        Access.Silent _ ->
                        NOTHING;
            };
        }

        private static final Value NOTHING = new Value.Symbol("nothing");

        /** One operation that saw a value which nobody had begun to write. */
        private String unwritten() {
            if (words.operations().size() != 1) {
                return "";
            }
            Operation read = words.operations().getFirst();
            Value value = wanted(read);
            if (value.equals(NOTHING) || value.equals(register.initial())) {
                return "";
            }
            List<Operation> writers = writersOf(value, read);
            if (writers.isEmpty()) {
                return words.name(read) + " saw " + value + ", which nobody ever wrote.";
            }
            return words.name(read)
                    + " saw "
                    + value
                    + ", but had returned before "
                    + words.name(writers.getFirst())
                    + " was called, the first to write it.";
        }

        private List<Operation> writersOf(Value value, Operation read) {
            List<Operation> writers = new ArrayList<>();
            History history = words.history();
            int wanted = history.values().idOf(value);
            for (int op = 0; op < history.size(); op++) {
                boolean plain = register.plain(history.function(op)) != RegisterModel.Plain.OTHER;
                if (history.isFail(op) || (plain && history.argument(op) != wanted)) {
                    continue;
                }
                Operation other = history.operation(op);
                if (register.partition(other).equals(register.partition(read))
                        && written(other).equals(value)) {
                    writers.add(other);
                }
            }
            return writers;
        }

        /** A value that had been replaced for good was seen once more. */
        private String stale() {
            for (Operation read : words.operations()) {
                for (Operation newer : words.operations()) {
                    if (isReplaced(read, newer) && words.before(newer, read)) {
                        return words.name(read)
                                + " saw "
                                + wanted(read)
                                + ", but was called after "
                                + words.name(newer)
                                + " had returned, which replaced it: "
                                + words.realTime().strip();
                    }
                }
            }
            return "";
        }

        /** Whether everybody who wrote what the read saw had returned before the newer write. */
        private boolean isReplaced(Operation read, Operation newer) {
            Value value = wanted(read);
            if (value.equals(NOTHING)
                    || written(newer).equals(NOTHING)
                    || written(newer).equals(value)) {
                return false;
            }
            for (Operation writer : words.operations()) {
                if (written(writer).equals(value) && !words.before(writer, newer)) {
                    return false;
                }
            }
            return true;
        }

        /** A newer value was seen, and after that an older one. */
        private String backwards() {
            for (Operation first : words.operations()) {
                for (Operation second : words.operations()) {
                    Value newer = wanted(first);
                    Value older = wanted(second);
                    if (!newer.equals(NOTHING)
                            && !older.equals(NOTHING)
                            && !newer.equals(older)
                            && words.before(first, second)
                            && writersAreBefore(older, first)) {
                        return words.name(first)
                                + " saw "
                                + newer
                                + "; "
                                + words.name(second)
                                + ", called after that, saw "
                                + older
                                + ", which is older: "
                                + words.realTime().strip();
                    }
                }
            }
            return "";
        }

        /** Whether nobody was still writing the value when this operation was called. */
        private boolean writersAreBefore(Value value, Operation read) {
            for (Operation writer : words.operations()) {
                if (written(writer).equals(value) && !words.before(writer, read)) {
                    return false;
                }
            }
            return true;
        }
    }
}
