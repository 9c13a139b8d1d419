package dev.whitewater.scenarios.swarm;

import java.util.Arrays;
import java.util.List;

/**
 * How rough a random run is, by the grades of rivers.
 *
 * <p>Each kind of trouble is first armed for a whole run or not at all, and then comes at its own
 * pace: runs differ in kind and not only in degree. A grade decides how often a kind is armed, how
 * often an armed one fires, and how bad rates may get; only {@link #I} never stops a process or a
 * link.
 */
public enum Rapids {
    I(0, 0, 30, 1),
    II(15, 20_000, 30, 4),
    III(30, 12_000, 45, 10),
    IV(45, 7_000, 50, 20),
    V(65, 4_000, 60, 40),
    VI(85, 2_000, 75, 80);

    private final int armedPercent;
    private final int pauseMillis;
    private final int noisyPercent;
    private final int rateOfThousand;

    Rapids(int armedPercent, int pauseMillis, int noisyPercent, int rateOfThousand) {
        this.armedPercent = armedPercent;
        this.pauseMillis = pauseMillis;
        this.noisyPercent = noisyPercent;
        this.rateOfThousand = rateOfThousand;
    }

    /** How many of a hundred runs have a given kind of fault at all. */
    int armedPercent() {
        return armedPercent;
    }

    /** The mean pause between two faults of an armed kind, within a factor of two. */
    int pauseMillis() {
        return pauseMillis;
    }

    /** How many of a hundred runs have a given kind of noise (loss, duplication, …) at all. */
    int noisyPercent() {
        return noisyPercent;
    }

    /** The worst rate of a kind of noise, in thousandths. */
    int rateOfThousand() {
        return rateOfThousand;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Rapids::name).toList();
    }
}
