package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class ScenariosShowTest {

    private static final String SPLIT_VOTE =
            """
            Two votes each  (split-vote)

            The story
              Four members start up while the network between two and two of them is down. In each half
              somebody stands for election and gets the vote of the other; nobody gets a third one. Term
              after term goes by without a leader, until the network heals.

            What it teaches
              A leader needs more than half of all members, not more than half of those it can see. Four
              members need three votes, so four survive no more failures than three do. Without PreVote the
              members try again and again, and each try uses up a term.

            What every run of it must show, whatever the seed
              - terms in which members stood for election and none won: at least 1
              - writes are called after f1 fired, and none is answered before it ends
              - a write that was called after f1 ended is answered
              - at the end all members have applied the same log

            The question
              Who can win the first term after the start, and why? Run it to have the trace answer.

            The plan
            """;

    @Test
    void tellsStoryLessonPromisesQuestionAndPlan() {
        String out = Session.of("scenarios", "show", "split-vote").out();
        assertEquals(SPLIT_VOTE, out.substring(0, SPLIT_VOTE.length()));
        List<String> plan = out.substring(SPLIT_VOTE.length()).lines().toList();
        assertEquals("  cluster:", plan.getFirst());
        assertEquals("    members: 4", plan.get(1));
        assertTrue(plan.contains("      partition: [[1, 2], [3, 4]]"), out);
        assertTrue(plan.contains("    faults-until: 20s"), out);
    }
}
