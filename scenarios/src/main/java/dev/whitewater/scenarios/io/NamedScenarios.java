package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.PlannedRun;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The scenarios that come with Whitewater, in the order in which to meet them. */
public final class NamedScenarios {
    private static final List<String> NAMES =
            List.of(
                    "calm",
                    "leader-crash",
                    "partition-leader",
                    "split-vote",
                    "quorum-loss",
                    "crash-loses-unsynced",
                    "crash-and-partition");

    private NamedScenarios() {}

    public static List<String> names() {
        return NAMES;
    }

    public static PlannedRun byName(String name) {
        return ScenarioFile.read(name + ".yaml", source(name));
    }

    /** The file as it was written, with its comments. */
    public static byte[] source(String name) {
        String path = "/dev/whitewater/scenarios/files/" + name + ".yaml";
        try (InputStream in = NamedScenarios.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no scenario is called " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
