package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.zone.Zones;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What one method found about one partition, operations by their numbers in the history. */
sealed interface Judgement {
    String method();

    /** There is this order. */
    record Ordered(String method, Value partition, List<Integer> operations) implements Judgement {}

    /**
     * There is none.
     *
     * @param part operations that are broken by themselves; a search will find where
     * @param stuckAt the operation at whose return that is certain
     */
    record Broken(String method, Part part, int stuckAt, int event, List<Integer> prefix)
            implements Judgement, Refuted {}

    /** There is none, and this tells why; {@code event} is when that became certain. */
    record Proved(String method, Witness witness, int event) implements Judgement, Refuted {}

    /** What says that there is no order. */
    sealed interface Refuted {
        int event();
    }

    /** The budget ended. */
    record GaveUp(String method, String reason) implements Judgement {}

    /** Zones found nothing, and nobody asked for orders. */
    Judgement NOTHING_WRONG_BY_ZONES = new Ordered("zones", Value.NIL, List.of());

    static Judgement ordered(Value partition, int[] operations) {
        return new Ordered("zones", partition, Numbers.of(operations));
    }

    static Judgement clashing(History history, RegisterModel model, Zones.Clash clash) {
        int event = history.completion(clash.operation());
        ZoneWords words = new ZoneWords(history, model);
        if (words.tells(clash.proof())) {
            return new Proved("zones", words.witness(clash), event);
        }
        int[] few = IntStream.of(clash.proof().operations()).sorted().toArray();
        Part part = Part.of(history, model, few);
        return new Broken("zones", part, clash.operation(), event, Numbers.of(clash.prefix()));
    }

    static Judgement of(Part part, String method, SearchResult result) {
        return switch (result) {
            case SearchResult.Found(int[] order) ->
                    new Ordered(method, part.key(), ids(part, order));
            case SearchResult.Stuck(int operation, int[] prefix) ->
                    new Broken(
                            method,
                            part,
                            part.id(operation),
                            part.completion(operation),
                            ids(part, prefix));
            case SearchResult.GaveUp(String reason) -> new GaveUp(method, reason);
        };
    }

    private static List<Integer> ids(Part part, int[] order) {
        return Numbers.of(Arrays.stream(order).map(part::id).toArray());
    }
}
