package dev.whitewater.bench;

import java.util.List;
import java.util.function.Consumer;

/** A thing that can be measured, one row per setting. */
public interface Benchmark {

    /** What the command line calls it. */
    String name();

    /** One sentence: what is done, and what is counted. */
    String summary();

    /** The keys of every row, in order, each with what it means and its unit. */
    List<Column> columns();

    /** Measures; a row is handed over as soon as it is known. */
    void run(Options options, Consumer<Row> rows);

    /**
     * A key of a row.
     *
     * @param meaning with the unit
     */
    record Column(String key, String meaning) {}

    /**
     * What the caller may choose.
     *
     * @param quick less warm-up and smaller sizes: shows that it works, measures little
     */
    record Options(boolean quick) {}
}
