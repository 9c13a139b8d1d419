package dev.whitewater.checker.port;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs independent pure tasks, perhaps at the same time; answers come in the order of tasks. */
public interface Parallel {
    /** One after the other, by the caller. */
    Parallel NONE =
            new Parallel() {
                @Override
                public <T> List<T> all(List<Supplier<T>> tasks) {
                    List<T> results = new ArrayList<>();
                    for (Supplier<T> task : tasks) {
                        results.add(task.get());
                    }
                    return results;
                }
            };

    <T> List<T> all(List<Supplier<T>> tasks);
}
