package dev.whitewater.sim.fault;

import dev.whitewater.sim.client.Operator;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.net.Links;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;

import java.util.List;

/** What faults act on. */
public record Surroundings(
        List<Member> members,
        Links links,
        EventQueue<SimEvent> queue,
        Targets targets,
        Journal journal,
        Operator operator) {}
