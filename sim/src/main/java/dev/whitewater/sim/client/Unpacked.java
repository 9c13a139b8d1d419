package dev.whitewater.sim.client;

import dev.whitewater.sim.history.ClientOperation;

import java.util.AbstractList;
import java.util.List;

/** A history that is unpacked when it is first read: of many runs only the verdict is wanted. */
final class Unpacked extends AbstractList<ClientOperation> {

    private final OperationBook book;
    private final int size;
    private List<ClientOperation> operations = List.of();

    Unpacked(OperationBook book) {
        this.book = book;
        this.size = book.size();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ClientOperation get(int number) {
        if (operations.size() < size) {
            operations = book.stream().limit(size).map(Operation::toHistory).toList();
        }
        return operations.get(number);
    }
}
