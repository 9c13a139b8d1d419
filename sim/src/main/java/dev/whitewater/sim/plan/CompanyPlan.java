package dev.whitewater.sim.plan;

/**
 * Clients that have an aim of their own, beside those that do this and that.
 *
 * @param appenders run transactions that read and append to lists, as Elle judges them
 * @param watchers hold watch streams, each with several watches
 * @param lessees hold leases with keys attached, renew them, and let them go or expire
 * @param lockers take a lock by the recipe of lease and create revision, and write under it
 * @param users act with permissions of their own, which somebody changes meanwhile
 */
public record CompanyPlan(int appenders, int watchers, int lessees, int lockers, int users) {

    public static final CompanyPlan NONE = new CompanyPlan(0, 0, 0, 0, 0);

    /** Of each kind. */
    public static final int MOST = 1_000;

    public CompanyPlan {
        PlanCheck.inRange("appenders", appenders, 0, MOST);
        PlanCheck.inRange("watchers", watchers, 0, MOST);
        PlanCheck.inRange("lessees", lessees, 0, MOST);
        PlanCheck.inRange("lockers", lockers, 0, MOST);
        PlanCheck.inRange("users", users, 0, MOST);
    }
}
