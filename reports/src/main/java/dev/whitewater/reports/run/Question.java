package dev.whitewater.reports.run;

import java.util.List;

/**
 * What a reader is asked to predict, and the answer as the trace has it.
 *
 * @param moment the event at which time stops for the question
 * @param because the events that show the answer
 */
public record Question(long moment, String asks, String answer, List<Long> because) {

    public static final Question NONE = new Question(Event.NONE, "", "", List.of());

    public Question {
        because = List.copyOf(because);
    }

    public boolean isAsked() {
        return !asks.isEmpty();
    }
}
