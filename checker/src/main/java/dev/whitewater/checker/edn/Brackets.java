package dev.whitewater.checker.edn;

import java.util.Arrays;

/**
 * The brackets that are open, the innermost last: by which each is closed, where it was opened and
 * how many values it holds so far. Arrays that only grow, so that no bracket costs an object.
 */
final class Brackets {

    /**
     * Values are read by recursion: deeper ones than this are no history, and no stack holds them.
     */
    static final int DEPTH_MAX = 1000;

    private int[] lines = new int[16];
    private Token[] tokens = new Token[16];
    private char[] closers = new char[16];
    private int[] counts = new int[16];

    /** How many tags stand before each: they nest as brackets do. */
    private int[] tags = new int[16];

    private int depth;
    private int nesting;

    /** Whether so many brackets and tags more may nest. */
    boolean hasRoom(int levels) {
        return nesting + levels <= DEPTH_MAX;
    }

    void open(Token bracket, char closes, int line, int tagsBefore) {
        if (depth == lines.length) {
            lines = Arrays.copyOf(lines, depth * 2);
            tokens = Arrays.copyOf(tokens, depth * 2);
            closers = Arrays.copyOf(closers, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
            tags = Arrays.copyOf(tags, depth * 2);
        }
        lines[depth] = line;
        tokens[depth] = bracket;
        closers[depth] = closes;
        counts[depth] = 0;
        tags[depth] = tagsBefore;
        nesting += 1 + tagsBefore;
        depth++;
    }

    /** Closes the innermost. */
    void close() {
        depth--;
        nesting -= 1 + tags[depth];
    }

    int depth() {
        return depth;
    }

    /** What closes the innermost; there must be one. */
    char closer() {
        return closers[depth - 1];
    }

    /** What the innermost waits for, in the words of an error; there must be one. */
    String awaited() {
        return "'" + closer() + "' for the bracket opened in line " + lines[depth - 1];
    }

    /** The innermost open bracket, or {@link Token#END} outside of all. */
    Token innermost() {
        return depth == 0 ? Token.END : tokens[depth - 1];
    }

    /** How many values the innermost holds so far. */
    int count() {
        return depth == 0 ? 0 : counts[depth - 1];
    }

    /** Counts one more value inside the innermost. */
    void countValue() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    /** Takes the last counted value back: it was discarded. */
    void uncountValue() {
        if (depth > 0) {
            counts[depth - 1]--;
        }
    }
}
