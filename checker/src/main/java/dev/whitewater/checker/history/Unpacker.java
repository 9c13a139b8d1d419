package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.List;

/** Reads what a {@link Packer} wrote. One object per reading, for histories are read by threads. */
final class Unpacker {
    private final byte[] bytes;
    private int at;
    private final Values table;
    private final Shapes shapes;

    Unpacker(byte[] bytes, int from, Values table, Shapes shapes) {
        this.bytes = bytes;
        this.at = from;
        this.table = table;
        this.shapes = shapes;
    }

    Value value() {
        return switch (bytes[at++]) {
            case Packer.NIL -> Value.NIL;
            case Packer.FALSE -> new Value.Bool(false);
            case Packer.TRUE -> new Value.Bool(true);
            case Packer.INT -> new Value.Int(signed());
            case Packer.REAL -> new Value.Real(Double.longBitsToDouble(varint()));
            case Packer.KNOWN -> table.value((int) varint());
            case Packer.LIST -> new Value.Sequence(List.of(values((int) varint())));
            case Packer.SET -> new Value.Group(List.of(values((int) varint())));
            case Packer.MAP -> {
                Value[] names = shapes.names((int) varint());
                yield Value.Mapping.of(names, values(names.length));
            }
            case Packer.TAGGED -> {
                Value.Text tag = (Value.Text) table.value((int) varint());
                yield new Value.Tagged(tag.value(), value());
            }
            default -> throw noTag();
        };
    }

    void visit(PackedVisitor visitor) {
        switch (bytes[at++]) {
            case Packer.NIL -> visitor.nil();
            case Packer.FALSE -> visitor.bool(false);
            case Packer.TRUE -> visitor.bool(true);
            case Packer.INT -> visitor.integer(signed());
            case Packer.REAL -> visitor.real(Double.longBitsToDouble(varint()));
            case Packer.KNOWN -> visitor.known((int) varint());
            case Packer.LIST -> {
                int count = (int) varint();
                visitor.list(count);
                visit(visitor, count);
            }
            case Packer.SET -> {
                int count = (int) varint();
                visitor.set(count);
                visit(visitor, count);
            }
            case Packer.MAP -> {
                int shape = (int) varint();
                int[] names = shapes.ids(shape);
                visitor.map(shape, names);
                visit(visitor, names.length);
            }
            case Packer.TAGGED -> {
                visitor.tagged((int) varint());
                visit(visitor);
            }
            default -> throw noTag();
        }
    }

    private void visit(PackedVisitor visitor, int count) {
        for (int i = 0; i < count; i++) {
            visit(visitor);
        }
    }

    private IllegalStateException noTag() {
        return new IllegalStateException("tag: expected 0 to 9, got " + bytes[at - 1]);
    }

    private Value[] values(int count) {
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = value();
        }
        return values;
    }

    long signed() {
        long number = varint();
        return (number >>> 1) ^ -(number & 1);
    }

    long varint() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = bytes[at++];
            number |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return number;
            }
        }
    }
}
