package dev.whitewater.checker.elle;

/**
 * Histories in shorthand, one event per line: its type, its process, then operations such as {@code
 * ax1} (append 1 to x), {@code rx12} (read x as the list [1 2]), {@code rx} (read x as empty),
 * {@code r?x} (a read without answer); for registers {@code wx1}, {@code rx1} and {@code rx} for
 * nil.
 */
final class Sketch {
    private Sketch() {}

    static TransactionHistory lists(String... events) {
        return history(Workload.LIST_APPEND, events);
    }

    static TransactionHistory registers(String... events) {
        return history(Workload.RW_REGISTER, events);
    }

    private static TransactionHistory history(Workload workload, String... events) {
        HistoryBuilder builder = new HistoryBuilder(workload);
        for (String event : events) {
            String[] words = event.split(" ", -1);
            OpType type = type(words[0]);
            int at = 2;
            builder.begin(type, Long.parseLong(words[1]));
            if (words.length > 2 && words[2].startsWith("@")) {
                builder.revision(Long.parseLong(words[2].substring(1)));
                at++;
            }
            for (; at < words.length; at++) {
                add(builder, workload, words[at]);
            }
            builder.end();
        }
        return builder.build();
    }

    private static OpType type(String label) {
        for (OpType type : OpType.values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type: " + label);
    }

    private static void add(HistoryBuilder builder, Workload workload, String word) {
        boolean blind = word.startsWith("r?");
        int key = builder.values().of(":" + word.charAt(blind ? 2 : 1));
        String digits = word.substring(blind ? 3 : 2);
        if (blind) {
            builder.readBlind(key);
        } else if (!word.startsWith("r")) {
            builder.write(key, builder.values().of(Long.parseLong(digits)));
        } else if (workload == Workload.RW_REGISTER) {
            builder.read(key, digits.isEmpty() ? Values.NIL : Integer.parseInt(digits));
        } else {
            int[] elements = digits.chars().map(c -> c - '0').toArray();
            builder.readIds(key, elements, 0, elements.length);
        }
    }
}
