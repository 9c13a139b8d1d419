package dev.whitewater.reports.picture;

import java.util.ArrayList;
import java.util.List;

/** Keeps numbered dots of a lane apart: one that would cover another is lifted above it. */
final class DotStack {

    static final double STEP = 15;
    private static final int LEVELS = 4;

    private record Dot(int lane, double x, int level) {}

    private final List<Dot> dots = new ArrayList<>();

    /** How far above its lane a dot at {@code x} has to float. */
    double rise(int lane, double x) {
        int level = 0;
        while (level < LEVELS && isTaken(lane, x, level)) {
            level++;
        }
        dots.add(new Dot(lane, x, level));
        return level * STEP;
    }

    private boolean isTaken(int lane, double x, int level) {
        return dots.stream()
                .anyMatch(d -> d.lane() == lane && d.level() == level && x - d.x() < STEP);
    }
}
