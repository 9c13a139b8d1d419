package dev.whitewater.checker.linear;

import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.JustInTime;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.SearchResult;
import dev.whitewater.checker.search.WingGong;

/**
 * Both searches by turns, each turn longer than the last. The just-in-time search is best at
 * refuting and where few operations are open; going depth first finds an order in wide histories
 * that have many, where keeping all configurations costs most. Which one it will be shows only by
 * trying, and with turns that grow eightfold the wrong one costs no more than a part of the right.
 */
final class Turns {
    private static final long FIRST = 1 << 15;
    private static final int TURNS = 3;

    private Turns() {}

    static Judgement judge(Part part, Budget budget, long most) {
        long allowance = FIRST;
        for (int turn = 0; turn < TURNS && allowance < most; turn++) {
            SearchResult wide = JustInTime.search(part, budget, allowance);
            if (!(wide instanceof SearchResult.GaveUp) || budget.outOfTime()) {
                return Judgement.of(part, "jit", wide);
            }
            SearchResult deep = WingGong.search(part, budget, 16 * allowance);
            if (!(deep instanceof SearchResult.GaveUp) || budget.outOfTime()) {
                return Judgement.of(part, "wgl", deep);
            }
            allowance *= 8;
        }
        return Judgement.of(part, "jit", JustInTime.search(part, budget, most));
    }
}
