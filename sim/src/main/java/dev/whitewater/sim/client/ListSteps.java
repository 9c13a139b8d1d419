package dev.whitewater.sim.client;

import dev.whitewater.sim.history.Detail;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operation does with lists, in the words of Elle (docs/formats/etcd-history.md). A list is
 * a key whose value is its elements, with a blank between two.
 */
record ListSteps(List<Step> steps) {

    static final ListSteps NONE = new ListSteps(List.of());

    /** An element to be appended to a list, or, if it is 0, a look at the list. */
    record Step(String list, long element) {
        boolean appends() {
            return element != 0;
        }
    }

    ListSteps {
        steps = List.copyOf(steps);
    }

    /** The field that says so, or none. */
    List<Detail.Field> field(Operation operation) {
        if (steps.isEmpty()) {
            return List.of();
        }
        List<Detail> items = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            items.add(
                    new Detail.Items(
                            List.of(
                                    new Detail.Text(step.appends() ? "append" : "r"),
                                    new Detail.Text(step.list()),
                                    step.appends()
                                            ? new Detail.Whole(step.element())
                                            : found(operation, i, step.list()))));
        }
        return List.of(new Detail.Field("transaction", new Detail.Items(items)));
    }

    /** What a look showed: in a transaction each has its own answer, in a range all have one. */
    private static Detail found(Operation operation, int place, String list) {
        List<Detail> responses = Details.list(operation.answered, "responses");
        List<Detail> kvs =
                place < responses.size()
                        ? Details.list((Detail.Fields) responses.get(place), "kvs")
                        : Details.list(operation.answered, "kvs");
        for (Detail kv : kvs) {
            if (Details.text(kv, "key").equals(list)) {
                return elements(Details.text(kv, "value"));
            }
        }
        return new Detail.Absent();
    }

    private static Detail elements(String value) {
        List<Detail> elements = new ArrayList<>();
        for (String element : value.split(" ", -1)) {
            elements.add(new Detail.Whole(Long.parseLong(element)));
        }
        return new Detail.Items(elements);
    }
}
