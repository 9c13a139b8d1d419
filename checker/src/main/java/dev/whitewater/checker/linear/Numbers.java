package dev.whitewater.checker.linear;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Numbers of operations as a list without a million boxes. Immutable: owns its array. */
final class Numbers extends AbstractList<Integer> implements RandomAccess {
    private final int[] numbers;

    private Numbers(int[] numbers) {
        this.numbers = numbers;
    }

    /** A list of these; the array must not be changed after. */
    static List<Integer> of(int... numbers) {
        return new Numbers(numbers);
    }

    /** The same numbers, safe from changes. */
    static List<Integer> copyOf(List<Integer> list) {
        return list instanceof Numbers ? list : List.copyOf(list);
    }

    @Override
    public Integer get(int index) {
        return numbers[index];
    }

    @Override
    public int size() {
        return numbers.length;
    }
}
