package dev.whitewater.scenarios;

/**
 * One thing that every run of a scenario must show.
 *
 * @param subject the fault's id, for kinds that speak of a fault; else empty
 * @param count how many, for kinds that count; else {@link Count#ANY}
 */
public record Claim(Kind kind, String subject, Count count) {

    public static Claim of(Kind kind, String fault) {
        return new Claim(kind, fault, Count.ANY);
    }

    public static Claim of(Kind kind, Count count) {
        return new Claim(kind, "", count);
    }

    /** How the claim reads in a scenario file, without its name. */
    public String argument() {
        return kind.counts ? count.toString() : subject;
    }

    /** The claim as a sentence. */
    public String sentence() {
        return kind.sentence.replace("#", argument());
    }

    /** The kinds, by the name that a scenario file uses. */
    public enum Kind {
        LEADERS("leaders", true, "the times a member became leader: #"),
        OPERATIONS_OK("operations-ok", true, "client operations that were answered: #"),
        OPERATIONS_UNKNOWN(
                "operations-unknown", true, "client operations whose fate stayed unknown: #"),
        TERMS_WITHOUT_LEADER(
                "terms-without-leader",
                true,
                "terms in which members stood for election and none won: #"),
        LEADER_HIT("leader-hit", false, "# hits the leader of the highest term"),
        LEADER_AFTER(
                "leader-after",
                false,
                "while # lasts another member becomes leader, in a new term"),
        LEADER_RESIGNS(
                "leader-resigns",
                false,
                "the leader that # hits stops leading before it ends, though it runs"),
        PROGRESS_DURING(
                "progress-during",
                false,
                "a write that was called after # fired is answered before it ends"),
        NO_PROGRESS_DURING(
                "no-progress-during",
                false,
                "writes are called after # fired, and none is answered before it ends"),
        PROGRESS_AFTER(
                "progress-after", false, "a write that was called after # ended is answered"),
        REJOINS("rejoins", false, "whom # hit follows a leader again, with all that was committed"),
        LOG_LOST(
                "log-lost",
                false,
                "a member that # hits comes back with fewer entries than it had: they were not yet"
                        + " synced"),
        MEMBERS_AGREE("members-agree", false, "at the # all members have applied the same log");

        private final String fileName;
        private final boolean counts;
        private final String sentence;

        Kind(String fileName, boolean counts, String sentence) {
            this.fileName = fileName;
            this.counts = counts;
            this.sentence = sentence;
        }

        public String fileName() {
            return fileName;
        }

        /** Whether the kind takes a {@link Count} instead of a fault's id. */
        public boolean counts() {
            return counts;
        }
    }
}
