package dev.whitewater.cli;

/** What the process answers to its caller. */
final class ExitCode {
    static final int PASSED = 0;
    static final int SAFETY_VIOLATED = 2;
    static final int LIVENESS_VIOLATED = 3;
    static final int UNKNOWN = 4;
    static final int CRASHED = 5;
    static final int HARNESS_FAILED = 6;
    static final int USAGE = 64;

    /** The order in which a swarm's worst run decides its answer. */
    private static final int[] WORST_FIRST = {SAFETY_VIOLATED, CRASHED, LIVENESS_VIOLATED, UNKNOWN};

    private ExitCode() {}

    /** The one of two answers that a swarm gives. */
    static int worse(int one, int other) {
        for (int code : WORST_FIRST) {
            if (one == code || other == code) {
                return code;
            }
        }
        return PASSED;
    }
}
