package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.zone.Proof;
import dev.whitewater.checker.zone.Zones;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Proofs about chains of compare-and-sets in words. A search over a proof's operations alone can't
 * tell them: a chain's middle means nothing without its start.
 */
record ZoneWords(History history, RegisterModel model) {

    boolean tells(Proof proof) {
        return switch (proof.kind()) {
            case CHAIN, SWAPPED_TWICE, APPENDED_TWICE, CIRCLE, JOINED_CLASH -> true;
            case CLASH -> false;
            case UNWRITTEN ->
                    appended(proof) || IntStream.of(proof.operations()).anyMatch(this::isSwap);
        };
    }

    private boolean isSwap(int op) {
        return model.access(history.operation(op)) instanceof RegisterModel.Access.Swap;
    }

    /** Whether it is about texts that were appended to. */
    private boolean appended(Proof proof) {
        return IntStream.concat(IntStream.of(proof.operations()), IntStream.of(proof.seenBy()))
                .filter(op -> op >= 0)
                .anyMatch(
                        op ->
                                model.access(history.operation(op))
                                        instanceof RegisterModel.Access.Append);
    }

    Witness witness(Zones.Clash clash) {
        List<Operation> operations =
                IntStream.concat(
                                IntStream.of(clash.proof().operations()),
                                IntStream.of(clash.proof().seenBy()))
                        .filter(op -> op >= 0)
                        .distinct()
                        .sorted()
                        .mapToObj(history::operation)
                        .toList();
        return new Witness(
                rule(clash.proof()),
                inTerms(clash.proof(), sentence(clash.proof()) + seenBy(clash.proof().seenBy())),
                operations,
                operations.getFirst().key(),
                clash.operation(),
                Numbers.of(clash.prefix()));
    }

    /** An append is a compare-and-set to the proof, but not to the reader. */
    private String inTerms(Proof proof, String sentence) {
        return appended(proof) ? sentence.replace("compare-and-sets", "appends") : sentence;
    }

    private static String rule(Proof proof) {
        return switch (proof.kind()) {
            case UNWRITTEN -> "read-of-nothing";
            case CLASH, JOINED_CLASH -> "values-cross";
            case CHAIN -> "swaps-go-back";
            case SWAPPED_TWICE -> "swapped-twice";
            case APPENDED_TWICE -> "appended-twice";
            case CIRCLE -> "swaps-in-a-circle";
        };
    }

    private String sentence(Proof proof) {
        int[] ops = proof.operations();
        return switch (proof.kind()) {
            case UNWRITTEN ->
                    ops.length == 1
                            ? name(ops[0]) + " found a value that nobody ever wrote."
                            : name(ops[0])
                                    + " found what only "
                                    + name(ops[1])
                                    + " wrote, but had returned before that was called.";
            case CLASH, JOINED_CLASH -> crossing(ops);
            case CHAIN ->
                    name(ops[0])
                            + " had returned before "
                            + name(ops[1])
                            + " was called; but "
                            + swaps(ops, 2)
                            + " lead from the value of the second to that of the first, so the"
                            + " second must come first.";
            case SWAPPED_TWICE ->
                    swaps(ops, 0)
                            + " both replaced the same value, which was written once at most.";
            case APPENDED_TWICE ->
                    name(ops[1])
                            + " and "
                            + name(ops[2])
                            + " tell of different texts before what "
                            + name(ops[0])
                            + " added, which happened once.";
            case CIRCLE -> swaps(ops, 0) + " each need the value of another one of them first.";
        };
    }

    private String seenBy(int... witnesses) {
        return witnesses.length == 0
                ? ""
                : " What joins them, and who saw it: " + swaps(witnesses, 0) + ".";
    }

    private String crossing(int[] ops) {
        String joined =
                ". The values of both ends are joined by compare-and-sets with nothing between";
        String forth =
                ops[0] < 0
                        ? "The initial value was there before all"
                        : name(ops[0]) + " had returned before " + name(ops[3]) + " was called";
        String back =
                ops[2] < 0
                        ? "the initial value was there before all"
                        : name(ops[2]) + " had returned before " + name(ops[1]) + " was called";
        String one = "The run of values of " + ends(ops[0], ops[1]);
        String other = " and that of " + ends(ops[2], ops[3]);
        return forth
                + "; "
                + back
                + joined
                + ". "
                + one
                + other
                + " would each have to come before the other.";
    }

    private String ends(int from, int to) {
        return from < 0 || from == to ? name(to) : name(from) + " to " + name(to);
    }

    private String swaps(int[] ops, int from) {
        return IntStream.of(ops).skip(from).mapToObj(this::name).collect(Collectors.joining(", "));
    }

    private String name(int op) {
        Operation operation = history.operation(op);
        return model.describe(operation) + " of client " + operation.client();
    }
}
