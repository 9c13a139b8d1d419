package dev.whitewater.reports.check;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Order;

import java.util.List;

/**
 * What a check of a history came to, whatever method judged it.
 *
 * @param model what the operations were taken to act on
 * @param algorithm the methods that decided
 * @param proofs what must not be, the first being the most telling
 * @param orders for a valid history orders that explain all answers, if they were asked for
 * @param prefix for an invalid one the longest order found, as numbers of operations
 * @param stuckAt the operation that no order reaches, negative if there is no such thing
 * @param reason why nobody knows; empty otherwise
 */
public record Judged(
        Answer answer,
        String model,
        String algorithm,
        List<Proof> proofs,
        List<Order> orders,
        List<Integer> prefix,
        int stuckAt,
        String reason) {

    /** The three answers. */
    public enum Answer {
        VALID,
        INVALID,
        UNKNOWN
    }

    /** A rule that is broken, the argument in words and the few operations that prove it. */
    public record Proof(String rule, String sentence, List<Operation> operations) {
        public Proof {
            operations = List.copyOf(operations);
        }
    }

    public Judged {
        proofs = List.copyOf(proofs);
        orders = List.copyOf(orders);
        prefix = List.copyOf(prefix);
    }

    /** Nothing is wrong. */
    public static Judged valid(String model, String algorithm, List<Order> orders) {
        return new Judged(Answer.VALID, model, algorithm, List.of(), orders, List.of(), -1, "");
    }

    /** Something is wrong. */
    public static Judged invalid(String model, String algorithm, List<Proof> proofs) {
        return new Judged(Answer.INVALID, model, algorithm, proofs, List.of(), List.of(), -1, "");
    }

    /** Nobody knows. */
    public static Judged unknown(String model, String algorithm, String reason) {
        return new Judged(
                Answer.UNKNOWN, model, algorithm, List.of(), List.of(), List.of(), -1, reason);
    }

    /** The same with the longest order that was found, and where it ends. */
    public Judged upTo(List<Integer> order, int stuck) {
        return new Judged(answer, model, algorithm, proofs, orders, order, stuck, reason);
    }
}
