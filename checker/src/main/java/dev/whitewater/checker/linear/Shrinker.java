package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.RegisterModel;
import dev.whitewater.checker.model.RegisterModel.Access;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a broken part down to a few operations that are broken by themselves, taking away only what
 * a correct history could spare as well: whole reads, and for registers a value with all operations
 * that touch it. So what is left proves that the whole is broken.
 *
 * <p>Why values may go: in a legal order all operations on one value, from the write that set it to
 * the one that replaced it, stand together; without them the rest is still legal. It doesn't hold
 * for a value that a compare-and-set joins to another, so joined values go together; nor where some
 * operation says only what the value was not.
 */
final class Shrinker {
    private static final int MOST_TRIALS = 600;

    private final Part part;
    private final Budget budget;
    private int trials;

    Shrinker(Part part, Budget budget) {
        this.part = part;
        this.budget = budget;
    }

    /** A smaller broken part that starts from everything called before this one returned. */
    Part shrink(int stuck) {
        List<Integer> places = new ArrayList<>();
        for (int op = 0; op < part.size(); op++) {
            if (part.call(op) < part.completion(stuck)) {
                places.add(op);
            }
        }
        List<Integer> left = without(places, reads(places));
        left = without(left, values(left));
        left = without(left, reads(left));
        return part.restrictedTo(left.stream().mapToInt(Integer::intValue).toArray());
    }

    private List<List<Integer>> reads(List<Integer> places) {
        List<List<Integer>> units = new ArrayList<>();
        for (int op : places) {
            if (part.isReadOnly(op)) {
                units.add(List.of(op));
            }
        }
        return units;
    }

    /** The operations of each value, values joined by a swap together; none if that isn't sound. */
    private List<List<Integer>> values(List<Integer> places) {
        if (!(part.model() instanceof RegisterModel register)) {
            return List.of();
        }
        Groups groups = new Groups();
        for (int op : places) {
            Operation example = part.example(part.kind(op));
            switch (register.access(example)) {
                case Access.Read(Value value) -> groups.add(value, op);
                case Access.Write(Value value) -> groups.add(value, op);
                case Access.Swap(Value expected, Value value) -> {
                    groups.join(expected, value);
                    groups.add(value, op);
                }
                case Access.Silent() -> {}
                case Access.Miss _, Access.Clear _, Access.Append _ -> {
                    return List.of();
                }
            }
        }
        return groups.units();
    }

    /** Takes away as many of the units as it can, big bites first. */
    private List<Integer> without(List<Integer> places, List<List<Integer>> units) {
        List<Integer> left = places;
        List<List<Integer>> droppable = new ArrayList<>(units);
        int bite = Math.max(1, droppable.size() / 2);
        while (!droppable.isEmpty() && trials < MOST_TRIALS) {
            boolean shrunk = false;
            for (int from = 0; from < droppable.size() && trials < MOST_TRIALS; ) {
                int to = Math.min(droppable.size(), from + bite);
                List<Integer> fewer = minus(left, droppable.subList(from, to));
                if (isBroken(fewer)) {
                    left = fewer;
                    droppable.subList(from, to).clear();
                    shrunk = true;
                } else {
                    from = to;
                }
            }
            if (bite == 1 && !shrunk) {
                break;
            }
            bite = Math.max(1, bite / 2);
        }
        return left;
    }

    private static List<Integer> minus(List<Integer> places, List<List<Integer>> units) {
        int last = places.isEmpty() ? 0 : places.getLast();
        boolean[] gone = new boolean[last + 1];
        for (List<Integer> unit : units) {
            for (int op : unit) {
                gone[op] = true;
            }
        }
        List<Integer> left = new ArrayList<>();
        for (int op : places) {
            if (!gone[op]) {
                left.add(op);
            }
        }
        return left;
    }

    private boolean isBroken(List<Integer> places) {
        trials++;
        int[] chosen = places.stream().mapToInt(Integer::intValue).toArray();
        SearchResult result = JustInTime.search(part.restrictedTo(chosen), budget);
        return result instanceof SearchResult.Stuck;
    }

    /** Operations by value, with values that belong together joined. */
    private static final class Groups {
        private final Map<Value, Value> parents = new LinkedHashMap<>();
        private final Map<Value, List<Integer>> members = new LinkedHashMap<>();

        void add(Value value, int op) {
            members.computeIfAbsent(value, _ -> new ArrayList<>()).add(op);
        }

        void join(Value one, Value other) {
            Value first = root(one);
            Value second = root(other);
            if (!first.equals(second)) {
                parents.put(first, second);
            }
        }

        private Value root(Value value) {
            Value at = value;
            while (parents.containsKey(at)) {
                at = parents.get(at);
            }
            return at;
        }

        List<List<Integer>> units() {
            Map<Value, List<Integer>> units = new LinkedHashMap<>();
            members.forEach(
                    (value, ops) ->
                            units.computeIfAbsent(root(value), _ -> new ArrayList<>()).addAll(ops));
            return new ArrayList<>(units.values());
        }
    }
}
