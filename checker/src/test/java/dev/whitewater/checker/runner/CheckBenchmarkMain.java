package dev.whitewater.checker.runner;

/** Prints the benchmark of the linearizability check; the argument is the number of operations. */
final class CheckBenchmarkMain {
    private CheckBenchmarkMain() {}

    public static void main(String[] args) {
        int operations = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        for (CheckBenchmark.Row row : CheckBenchmark.run(operations)) {
            System.out.println(row);
        }
    }
}
