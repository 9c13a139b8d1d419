package dev.whitewater.bench.check;

import java.util.ArrayList;
import java.util.List;

/** The middle of several figures, without the first round if there are more. */
final class Median {
    private final List<Double> figures = new ArrayList<>();

    void add(int round, double figure) {
        if (round == 1) {
            figures.clear();
        }
        figures.add(figure);
    }

    double value() {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
