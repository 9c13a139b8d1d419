package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.PackedVisitor;
import dev.whitewater.checker.history.Packer;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packed values in the binary form: texts are numbers of values before, and maps name their keys by
 * the number of a row. A row that wasn't met before has the next number, and its keys follow.
 */
final class BinaryPacked {
    // Packer tells kinds apart by the same numbers, and these don't come from there on purpose: its
    // own are free to change with the memory that they save, these are in files that were written.
    private static final int NIL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int REAL = 4;
    private static final int KNOWN = 5;
    private static final int LIST = 6;
    private static final int SET = 7;
    private static final int MAP = 8;
    private static final int TAGGED = 9;

    private BinaryPacked() {}

    /** Writes the values of a table; what is shown to it must come in the order of their ids. */
    static final class Writer implements PackedVisitor {
        private final BinaryOutput out;

        /** The file's numbers of rows, by the table's; 0 for one that isn't there yet. */
        private int[] rows = {};

        private int met;

        Writer(BinaryOutput out) {
            this.out = out;
        }

        @Override
        public void nil() {
            out.number(NIL);
        }

        @Override
        public void bool(boolean truth) {
            out.number(truth ? TRUE : FALSE);
        }

        @Override
        public void integer(long number) {
            out.number(INT);
            out.signed(number);
        }

        @Override
        public void real(double number) {
            out.number(REAL);
            out.signed(Double.doubleToLongBits(number));
        }

        @Override
        public void known(int id) {
            out.number(KNOWN);
            out.number(id);
        }

        @Override
        public void list(int count) {
            out.number(LIST);
            out.number(count);
        }

        @Override
        public void set(int count) {
            out.number(SET);
            out.number(count);
        }

        @Override
        public void map(int shape, int[] names) {
            out.number(MAP);
            if (shape >= rows.length) {
                rows = Arrays.copyOf(rows, 2 * (shape + 1));
            }
            if (rows[shape] > 0) {
                out.number(rows[shape] - 1L);
                return;
            }
            out.number(met);
            rows[shape] = ++met;
            out.number(names.length);
            for (int name : names) {
                out.number(name);
            }
        }

        @Override
        public void tagged(int id) {
            out.number(TAGGED);
            out.number(id);
        }
    }

    /** Reads them into a table. */
    static final class Reader {
        private final BinaryInput in;
        private final Values values;
        private final Packer packer;
        private final List<int[]> rows = new ArrayList<>();

        Reader(BinaryInput in, Values values) {
            this.in = in;
            this.values = values;
            this.packer = values.packer();
        }

        /** The id of the next value; it may speak of the first {@code known} of these ids. */
        int read(int[] ids, int known) {
            packer.clear();
            read(ids, known, 0);
            return values.add(packer, 0);
        }

        private void read(int[] ids, int known, int depth) {
            if (depth > BinaryValues.DEPTH_MAX) {
                throw BinaryValues.tooDeep(in);
            }
            switch ((int) in.below(TAGGED + 1L, "a part's tag from 0 to 9")) {
                case NIL -> packer.nil();
                case FALSE -> packer.bool(false);
                case TRUE -> packer.bool(true);
                case INT -> packer.integer(in.signed());
                case REAL -> packer.real(Double.longBitsToDouble(in.signed()));
                case KNOWN -> packer.known(held(ids, known));
                case LIST -> {
                    packer.openList();
                    items(ids, known, depth);
                }
                case SET -> {
                    packer.openSet();
                    items(ids, known, depth);
                }
                case MAP -> map(ids, known, depth);
                default -> {
                    int tag = held(ids, known);
                    if (!(values.value(tag) instanceof Value.Text)) {
                        throw in.broken("a tag's text", values.value(tag).toString());
                    }
                    packer.tagged(tag);
                    read(ids, known, depth + 1);
                }
            }
        }

        private void items(int[] ids, int known, int depth) {
            int count = in.count("a number of items");
            for (int i = 0; i < count; i++) {
                read(ids, known, depth + 1);
            }
            packer.close();
        }

        private void map(int[] ids, int known, int depth) {
            int number = (int) in.below(rows.size() + 1L, "the number of a row of names");
            int[] names = number < rows.size() ? rows.get(number) : row(ids, known);
            int mark = packer.openMap();
            for (int name : names) {
                packer.name(name);
                read(ids, known, depth + 1);
            }
            int twice = packer.closeMap(mark);
            if (twice != Packer.NONE) {
                throw twice(twice);
            }
        }

        /** Grows as it is read, for a broken file may promise more than there is. */
        private int[] row(int[] ids, int known) {
            int count = in.count("a number of names");
            int[] names = new int[Math.min(count, 16)];
            for (int i = 0; i < count; i++) {
                if (i == names.length) {
                    names = Arrays.copyOf(names, Math.min(count, 2 * i));
                }
                names[i] = held(ids, known);
            }
            rows.add(names);
            return names;
        }

        private HistoryFormatException twice(int name) {
            return in.broken("every key of a map once", values.value(name) + " again");
        }

        /** The id of a value that is no packed one: those hold no other, however deep. */
        private int held(int[] ids, int known) {
            int id = ids[(int) in.below(known, "the number of a value before")];
            if (values.isPacked(id)) {
                throw in.broken("the number of a value that is not packed itself", "a packed one");
            }
            return id;
        }
    }
}
