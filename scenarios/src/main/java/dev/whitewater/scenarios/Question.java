package dev.whitewater.scenarios;

/**
 * "Who can win this term, and why?", asked at the first election after a fault.
 *
 * @param after the fault's id, {@link #START} for the run's first election, or empty for no
 *     question
 */
public record Question(String after) {

    /** Stands for the start of the run where a fault's id could stand. */
    public static final String START = "start";

    public static final Question NONE = new Question("");

    public boolean isAsked() {
        return !after.isEmpty();
    }
}
