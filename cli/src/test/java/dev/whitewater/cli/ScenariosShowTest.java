package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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
              cluster:
                members: 4
                election-timeout: 1s
                heartbeat: 100ms
                pre-vote: false
                check-quorum: true
                wal-segment-bytes: 65536
                tick: 1ms
                request-timeout: 5s
                append-bytes-max: 1048576
                appends-in-flight-max: 256
                uncommitted-bytes-max: 67108864
                snapshot-entries: 10000
                snapshot-chunk-bytes: 65536
              network:
                delay: {min: 500us, typical: 2ms, max: 20ms}
                loss: 0/1
                duplication: 0/1
                reorder: 0/1
                late: 0/1
                late-by: 0s
                client-loss: 0/1
              disk:
                write: {min: 50us, max: 500us}
                sync: {min: 500us, max: 5ms}
                slow: 0/1
                slow-by: 0s
                survives-crash: 0/1
                torn: false
              clocks:
                offset: 10ms
                drift-ppm: 100
              workload:
                clients: 3
                keys: 4
                operations: 0
                think: {min: 10ms, max: 100ms}
                mix: {put: 5, get: 5, delete: 1, cas: 2, serializable-get: 1}
                value-bytes: 0
                timeout: 2s
              faults:
                - id: f1
                  at: 0s
                  for: 8s
                  partition: [[1, 2], [3, 4]]
              phases:
                faults-until: 20s
                liveness-bound: 0s
            """;

    @Test
    void tellsStoryLessonPromisesQuestionAndPlan() {
        assertEquals(SPLIT_VOTE, Session.of("scenarios", "show", "split-vote").out());
    }
}
