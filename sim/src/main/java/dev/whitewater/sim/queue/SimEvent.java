package dev.whitewater.sim.queue;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.wire.Frame;

/**
 * Everything that waits in the queue for its time. Members and clients are numbered from 1; {@code
 * operation} is an operation's place in the history.
 */
public sealed interface SimEvent {

    /**
     * A frame reaches its receiver.
     *
     * @param number the message's, in the run
     * @param message what the frame says; the receiver decodes {@code bytes} for itself
     */
    record FrameArrives(int from, int to, long number, byte[] bytes, Frame message)
            implements SimEvent {}

    /** A disk command of the process {@code incarnation} is done; of an earlier one it is void. */
    record DiskCompletes(int member, int incarnation, DiskCommand command) implements SimEvent {}

    /** The time a member asked for; void unless {@code arming} is the member's last. */
    record TimerFires(int member, long arming) implements SimEvent {}

    /** The member's process starts; void if it runs. */
    record MemberStarts(int member) implements SimEvent {}

    /** A client's request reaches a member. */
    record RequestArrives(int member, int client, int operation, ClientRequest request)
            implements SimEvent {}

    /** A member's answer reaches the client. */
    record ReplyArrives(int client, int operation, Reply reply) implements SimEvent {}

    /** A client waits for an answer no longer; void if it has come. */
    record ClientGivesUp(int operation) implements SimEvent {}

    /** The client has thought and acts. */
    record ClientActs(int client) implements SimEvent {}

    /** An order on a watch stream reaches the process that the stream leads to. */
    record WatchOrderArrives(int member, int incarnation, long stream, WatchOrder order)
            implements SimEvent {}

    /** News on a watch stream reach their watcher; void if it has another stream by now. */
    record WatchNewsArrive(int watcher, long stream, WatchNews news) implements SimEvent {}

    /** A watcher acts; void unless {@code number} is the last. */
    record WatcherActs(int watcher, long number) implements SimEvent {}

    /** The operator looks after the membership; void unless {@code number} is the last. */
    record OperatorActs(long number) implements SimEvent {}

    /** The fault with this place in the plan begins. */
    record FaultBegins(int fault) implements SimEvent {}

    /** It ends; void if all faults ended already. */
    record FaultEnds(int fault) implements SimEvent {}

    /** The second phase begins: all faults end. */
    record Heals() implements SimEvent {}

    /** The bound on the second phase. */
    record TimeIsUp() implements SimEvent {}
}
