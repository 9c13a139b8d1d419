package dev.whitewater.sim.cluster;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.sim.disk.SimulatedDisk;

import java.util.EnumSet;

/**
 * Where the process of a member is to die next: at a crash point, or while its disk writes. Each is
 * made for a fault and kept once, by whichever process comes there first.
 */
public final class Appointments {

    private final SimulatedDisk disk;
    private final EnumSet<CrashPoint> points = EnumSet.noneOf(CrashPoint.class);
    private String atPoint = NONE;
    private String powerInWrite = NONE;
    private boolean tearable;
    private String deathInWrite = NONE;

    /** No fault has this name. */
    private static final String NONE = "";

    /** The process came to where its power fails. */
    static final class PowerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PowerFailed(CrashPoint point) {
            super("at " + point, null, false, false);
        }
    }

    Appointments(SimulatedDisk disk) {
        this.disk = disk;
    }

    /** The power fails when the process next comes to {@code point}; {@code fault} says why. */
    public void crashAt(CrashPoint point, String fault) {
        points.clear();
        points.add(point);
        atPoint = fault;
    }

    /** If it has not come there by now, it need not any more. */
    public void crashNowhere() {
        points.clear();
    }

    /**
     * The next time the disk is writing, power fails for {@code fault}; with {@code onlyTearable},
     * the next time that it writes more than a sector.
     */
    public void crashInWrite(String fault, boolean onlyTearable) {
        powerInWrite = fault;
        tearable = onlyTearable;
    }

    /** It need not any more. */
    public void crashInNoWrite() {
        powerInWrite = NONE;
    }

    /** The next time the disk is writing, the process dies for {@code fault}, not the machine. */
    public void killInWrite(String fault) {
        deathInWrite = fault;
    }

    /** It need not any more. */
    public void killInNoWrite() {
        deathInWrite = NONE;
    }

    // ---- kept

    /** The process is there; it may go no further. */
    void reached(CrashPoint point) {
        if (points.contains(point)) {
            throw new PowerFailed(point);
        }
    }

    /** The fault for which power failed at a crash point. */
    String keptAtPoint() {
        points.clear();
        return atPoint;
    }

    boolean isPowerDue() {
        return !powerInWrite.isEmpty() && disk.isWriting(tearable);
    }

    String keptPowerInWrite() {
        String fault = powerInWrite;
        powerInWrite = NONE;
        return fault;
    }

    boolean isDeathDue() {
        return !deathInWrite.isEmpty() && disk.isWriting(false);
    }

    String keptDeathInWrite() {
        String fault = deathInWrite;
        deathInWrite = NONE;
        return fault;
    }
}
