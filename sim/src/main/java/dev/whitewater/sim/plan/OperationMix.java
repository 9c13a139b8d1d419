package dev.whitewater.sim.plan;

/** How often clients do what, as weights against each other. */
public record OperationMix(int put, int get, int delete, int cas, int serializableGet) {

    public OperationMix {
        PlanCheck.inRange("put", put, 0, 1_000_000);
        PlanCheck.inRange("get", get, 0, 1_000_000);
        PlanCheck.inRange("delete", delete, 0, 1_000_000);
        PlanCheck.inRange("cas", cas, 0, 1_000_000);
        PlanCheck.inRange("serializableGet", serializableGet, 0, 1_000_000);
        PlanCheck.that(
                put + get + delete + cas + serializableGet > 0,
                "mix",
                "at least one weight above 0",
                "all 0");
    }

    public int total() {
        return put + get + delete + cas + serializableGet;
    }
}
