package dev.whitewater.sim.monitor;

/** A monitor found its statement broken. Ends the run; never caught and survived. */
public final class Finding extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String monitor;
    private final String name;

    public Finding(String monitor, String name, String message) {
        super(message);
        this.monitor = monitor;
        this.name = name;
    }

    /** Its id in the catalogue of monitors, as {@code M7}. */
    public String monitor() {
        return monitor;
    }

    /** Its name in words. */
    public String monitorName() {
        return name;
    }
}
