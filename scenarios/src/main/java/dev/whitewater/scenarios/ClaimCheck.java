package dev.whitewater.scenarios;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.scenarios.RunOutcome.ClaimResult;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.StateChange.Field;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Judges a scenario's claims on the trace and history of a run. */
final class ClaimCheck {
    private final Story story;

    private ClaimCheck(Story story) {
        this.story = story;
    }

    static List<ClaimResult> all(List<Claim> claims, Story story) {
        ClaimCheck check = new ClaimCheck(story);
        return claims.stream().map(check::one).toList();
    }

    private ClaimResult one(Claim claim) {
        return switch (claim.kind()) {
            case LEADERS -> counted(claim, story.result().counters().leaderChanges());
            case OPERATIONS_OK -> counted(claim, story.result().counters().operations().ok());
            case OPERATIONS_UNKNOWN ->
                    counted(claim, story.result().counters().operations().unknown());
            case TERMS_WITHOUT_LEADER -> counted(claim, termsWithoutLeader());
            case LEADER_HIT -> leaderHit(claim, fault(claim));
            case LEADER_AFTER -> some(claim, leadersAfter(fault(claim)), "new leaders");
            case LEADER_RESIGNS -> some(claim, resignations(fault(claim)), "resignations");
            case PROGRESS_DURING -> some(claim, writesDuring(fault(claim)), "such writes");
            case NO_PROGRESS_DURING -> noProgressDuring(claim, fault(claim));
            case PROGRESS_AFTER -> some(claim, writesAfter(fault(claim)), "such writes");
            case REJOINS -> rejoins(claim, fault(claim));
            case LOG_LOST -> some(claim, logsLost(fault(claim)), "members with shorter logs");
            case MEMBERS_AGREE -> membersAgree(claim);
        };
    }

    private FaultPlan fault(Claim claim) {
        return story.fault(claim.subject());
    }

    private static ClaimResult counted(Claim claim, long found) {
        return new ClaimResult(claim, claim.count().holds(found), Long.toString(found));
    }

    private static ClaimResult some(Claim claim, long found, String noun) {
        return new ClaimResult(claim, found > 0, (found == 0 ? "no " : found + " ") + noun);
    }

    /** That nobody was answered says something only when somebody asked. */
    private ClaimResult noProgressDuring(Claim claim, FaultPlan fault) {
        long called = story.writesCalledBetween(fault.atNanos(), story.endNanos(fault));
        long answered = writesDuring(fault);
        String found = called + " called, " + answered + " answered";
        return new ClaimResult(claim, called > 0 && answered == 0, found);
    }

    private long writesDuring(FaultPlan fault) {
        return story.writesBetween(fault.atNanos(), story.endNanos(fault));
    }

    private long writesAfter(FaultPlan fault) {
        return story.writesBetween(story.endNanos(fault), Long.MAX_VALUE);
    }

    private ClaimResult leaderHit(Claim claim, FaultPlan fault) {
        int leader = story.statesUntil(event -> event.nanos() < fault.atNanos()).leader();
        List<Integer> hit = story.hit(fault.id());
        return new ClaimResult(claim, hit.contains(leader), "leader " + leader + ", hit " + hit);
    }

    private long leadersAfter(FaultPlan fault) {
        List<Integer> hit = story.hit(fault.id());
        return story.count(
                (states, event) ->
                        story.during(fault, event)
                                && becomes(event, RoleKind.LEADER)
                                && !hit.contains(event.node()));
    }

    private long resignations(FaultPlan fault) {
        List<Integer> hit = story.hit(fault.id());
        return story.count(
                (states, event) ->
                        story.during(fault, event)
                                && hit.contains(event.node())
                                && states.role(event.node()) == RoleKind.LEADER
                                && event.kind() != TraceKind.CRASH
                                && changesRole(event)
                                && !becomes(event, RoleKind.LEADER));
    }

    private static boolean changesRole(TraceEvent event) {
        return event.changes().stream().anyMatch(change -> change.field() == Field.ROLE);
    }

    static boolean becomes(TraceEvent event, RoleKind role) {
        return event.changes().stream()
                .anyMatch(change -> change.field() == Field.ROLE && change.role() == role);
    }

    private long termsWithoutLeader() {
        TreeMap<Long, Boolean> led = new TreeMap<>();
        MemberStates states = new MemberStates(story.plan().cluster().members());
        for (TraceEvent event : story.events()) {
            states.take(event);
            if (becomes(event, RoleKind.CANDIDATE)) {
                led.putIfAbsent(states.term(event.node()), false);
            }
            if (becomes(event, RoleKind.LEADER)) {
                led.put(states.term(event.node()), true);
            }
        }
        return led.values().stream().filter(hadLeader -> !hadLeader).count();
    }

    /** Each member hit must later follow or lead, and know what was committed when it was freed. */
    private ClaimResult rejoins(Claim claim, FaultPlan fault) {
        long end = story.endNanos(fault);
        MemberStates states = story.statesUntil(event -> event.nanos() < end);
        long committed = states.highest(Field.COMMIT);
        List<Integer> missing = new ArrayList<>(story.hit(fault.id()));
        for (TraceEvent event : story.events()) {
            if (event.nanos() >= end) {
                states.take(event);
                missing.removeIf(
                        member ->
                                states.isRunning(member)
                                        && states.value(member, Field.LEADER) > 0
                                        && states.value(member, Field.COMMIT) >= committed);
            }
        }
        boolean someHit = !story.hit(fault.id()).isEmpty();
        return new ClaimResult(
                claim,
                someHit && missing.isEmpty(),
                someHit ? missing.size() + " that did not" : "nobody was hit");
    }

    private long logsLost(FaultPlan fault) {
        long lost = 0;
        for (int member : story.hit(fault.id())) {
            long before = -1;
            MemberStates states = new MemberStates(story.plan().cluster().members());
            for (TraceEvent event : story.events()) {
                boolean its = event.node() == member;
                if (its && before >= 0 && changedLast(event) >= 0) {
                    lost += changedLast(event) < before ? 1 : 0;
                    break;
                }
                if (its && event.kind() == TraceKind.CRASH && event.nanos() >= fault.atNanos()) {
                    before = states.value(member, Field.LAST);
                }
                states.take(event);
            }
        }
        return lost;
    }

    /** The last index that this event tells of its member, or -1. */
    private static long changedLast(TraceEvent event) {
        for (StateChange change : event.changes()) {
            if (change.field() == Field.LAST) {
                return change.value();
            }
        }
        return -1;
    }

    private ClaimResult membersAgree(Claim claim) {
        MemberStates states = story.statesUntil(event -> true);
        long highest = states.highest(Field.APPLIED);
        int behind = 0;
        for (int member = 1; member <= story.plan().cluster().members(); member++) {
            behind += states.value(member, Field.APPLIED) == highest ? 0 : 1;
        }
        return new ClaimResult(claim, behind == 0, behind + " members behind");
    }
}
