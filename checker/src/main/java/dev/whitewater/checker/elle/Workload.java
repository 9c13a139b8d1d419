package dev.whitewater.checker.elle;

/** What the objects of a history are. */
public enum Workload {
    /** Lists to which single elements are appended, and which are read whole. */
    LIST_APPEND("list-append"),
    /** Registers that are read and written. */
    RW_REGISTER("rw-register");

    private final String label;

    Workload(String label) {
        this.label = label;
    }

    /** The name as the command line spells it. */
    public String label() {
        return label;
    }

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Workload named(String label) {
        for (Workload workload : values()) {
            if (workload.label.equals(label)) {
                return workload;
            }
        }
        throw new IllegalArgumentException(
                "workload: expected list-append or rw-register, got " + label);
    }
}
