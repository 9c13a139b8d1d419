package dev.whitewater.sim.client;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.pack.PackedBytes;
import dev.whitewater.sim.pack.RunLength;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * All operations of a run in the order of their calls. One that is over and that words say all of
 * is packed into some dozens of bytes and unpacked, as another object, whenever it is asked for: so
 * an operation is not to be changed after {@link #close}.
 */
final class OperationBook extends AbstractList<Operation> {
    private static final Kind[] KINDS = Kind.values();
    private static final Outcome[] OUTCOMES = Outcome.values();

    private static final int SERIALIZABLE = 1;
    private static final int WROTE = 2;
    private static final int FORWARDED = 4;

    /** By number: those that are not packed; null for one that is. */
    private Operation[] whole = new Operation[64];

    private final PackedBytes packed = new PackedBytes();

    /** By number: where in {@link #packed} it begins, plus 1; 0 for one that is whole. */
    private long[] places = new long[64];

    /** The revisions that answers of packed ones claim. */
    private final BitSet claimed = new BitSet();

    private int size;
    private final ByteWriter scratch = new ByteWriter(128);

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean add(Operation operation) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size + size / 4);
            whole = Arrays.copyOf(whole, places.length);
        }
        whole[size++] = operation;
        return true;
    }

    @Override
    public Operation get(int number) {
        require(number);
        return places[number] == 0 ? whole[number] : unpack(places[number] - 1);
    }

    /** Whether no answer came yet; asked of every operation once, so it unpacks nothing. */
    boolean isOpen(int number) {
        require(number);
        return places[number] == 0 && whole[number].isOpen();
    }

    /** The operations that are not packed, and the revisions that the packed ones claim. */
    Claims claims() {
        List<Operation> rest = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            if (places[number] == 0) {
                rest.add(whole[number]);
            }
        }
        return new Claims((BitSet) claimed.clone(), rest);
    }

    /** What is to be asked for claims, without unpacking the others. */
    record Claims(BitSet revisions, List<Operation> rest) {}

    private void require(int number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException("operation " + number + " of " + size);
        }
    }

    /** The operation of this number is over: nothing of it changes any more. */
    void close(int number) {
        Operation operation = whole[number];
        // A late answer to one whose client gave up is judged by all that was asked.
        if (operation.isPlain()
                && operation.answered.isEmpty()
                && operation.outcome != Outcome.UNKNOWN) {
            if (operation.madeRevision()) {
                claimed.set((int) operation.revision);
            }
            whole[number] = null;
            places[number] = pack(operation) + 1;
        }
    }

    private long pack(Operation operation) {
        ByteWriter out = scratch;
        out.clear();
        out.varint(operation.client);
        out.int8(operation.kind.ordinal());
        out.int8(
                (operation.serializable ? SERIALIZABLE : 0)
                        | (operation.wrote ? WROTE : 0)
                        | (operation.forwarded ? FORWARDED : 0));
        text(operation.key);
        text(operation.value);
        text(operation.expected);
        out.varint(operation.member);
        out.varint(operation.invokeNanos);
        out.varint(operation.returnNanos - operation.invokeNanos);
        out.varint(operation.invokeEvent);
        out.varint(operation.returnEvent - operation.invokeEvent);
        out.int8(operation.outcome.ordinal());
        text(operation.result);
        out.varint(operation.revision);
        out.varint(operation.floor);
        return packed.add(out.array(), out.length());
    }

    private Operation unpack(long place) {
        byte[] array = packed.array(place);
        ByteReader in = new ByteReader(array, packed.offset(place), array.length);
        int client = (int) in.varint();
        Kind kind = KINDS[in.int8()];
        int flags = in.int8();
        Operation operation =
                new Operation(
                        client, kind, text(in), text(in), text(in), (flags & SERIALIZABLE) != 0);
        operation.wrote = (flags & WROTE) != 0;
        operation.forwarded = (flags & FORWARDED) != 0;
        operation.member = (int) in.varint();
        operation.invokeNanos = in.varint();
        operation.returnNanos = operation.invokeNanos + in.varint();
        operation.invokeEvent = in.varint();
        operation.returnEvent = operation.invokeEvent + in.varint();
        operation.outcome = OUTCOMES[in.int8()];
        operation.result = text(in);
        operation.revision = in.varint();
        operation.floor = in.varint();
        return operation;
    }

    private void text(String text) {
        RunLength.write(scratch, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteReader in) {
        return new String(RunLength.read(in), StandardCharsets.UTF_8);
    }
}
