package dev.whitewater.node.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class CommandTest {

    @Property
    void aCommandComesBackAsItWas(
            @ForAll @LongRange(min = 0) long proposer,
            @ForAll @LongRange(min = 0) long requestId,
            @ForAll byte[] request) {
        byte[] data = new Command(new NodeId(proposer), requestId, request).encode();
        Command command = Command.decode(data);
        assertEquals(new NodeId(proposer), command.proposer());
        assertEquals(requestId, command.requestId());
        assertArrayEquals(data, command.encode());
    }

    @Test
    void aCommandWithoutAProposerIsRefused() {
        assertThrows(Malformed.class, () -> Command.decode(new byte[0]));
    }
}
