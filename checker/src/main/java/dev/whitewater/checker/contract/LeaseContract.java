package dev.whitewater.checker.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is promised of leases and locks, M30 to M33. Times are nanoseconds on one clock; {@code
 * drift} is how far members' clocks may be apart over a lease's life.
 */
public final class LeaseContract {
    private LeaseContract() {}

    /** What happened to leases, in the order in which it took effect. */
    public sealed interface Event {
        long lease();

        /** Granted, with this time to live. */
        record Granted(long lease, long at, long timeToLive) implements Event {}

        /** A keepalive sent at this time was answered with success. */
        record Kept(long lease, long sentAt, long timeToLive) implements Event {}

        /** A client took it back. */
        record Revoked(long lease, long at) implements Event {}

        /** The cluster let it expire. */
        record Expired(long lease, long at) implements Event {}
    }

    /**
     * How exact the clocks are.
     *
     * @param drift by how much an expiry may come early
     * @param slack by how much it may come late: grows with the elections that happened
     */
    public record Tolerance(long drift, long slack) {}

    private record Life(long until, boolean gone) {}

    /** Checks M30, M31 and M32; {@code end} is when the recording stopped. */
    public static List<Breach> check(List<Event> events, Tolerance tolerance, long end) {
        List<Breach> breaches = new ArrayList<>();
        Map<Long, Life> lives = new LinkedHashMap<>();
        for (Event event : events) {
            Life life = lives.get(event.lease());
            lives.put(event.lease(), after(event, life, tolerance, breaches));
        }
        lives.forEach(
                (lease, life) -> {
                    if (!life.gone() && life.until() + tolerance.slack() < end) {
                        String text = "lease " + lease + " should be gone since " + life.until();
                        breaches.add(new Breach("M31", text));
                    }
                });
        return breaches;
    }

    private static Life after(Event event, Life life, Tolerance tolerance, List<Breach> breaches) {
        boolean gone = life == null || life.gone();
        return switch (event) {
            case Event.Granted(long _, long at, long ttl) -> new Life(at + ttl, false);
            case Event.Kept(long lease, long sentAt, long ttl) -> {
                if (gone) {
                    String text = "lease " + lease + " was kept alive after it was gone";
                    breaches.add(new Breach("M32", text));
                    yield new Life(0, true);
                }
                yield new Life(Math.max(life.until(), sentAt + ttl), false);
            }
            case Event.Revoked(long _, long at) -> new Life(at, true);
            case Event.Expired(long lease, long at) -> {
                if (!gone && at < life.until() - tolerance.drift()) {
                    String text =
                            "lease "
                                    + lease
                                    + " expired at "
                                    + at
                                    + ", but was to live until "
                                    + life.until();
                    breaches.add(new Breach("M30", text));
                }
                if (!gone && at > life.until() + tolerance.slack()) {
                    String text =
                            "lease "
                                    + lease
                                    + " expired at "
                                    + at
                                    + " only, though it ended at "
                                    + life.until();
                    breaches.add(new Breach("M31", text));
                }
                yield new Life(at, true);
            }
        };
    }

    /** One holding of a lock: from when the client knew it held it to when it let go. */
    public record Holding(String lock, String owner, long token, long from, long to) {}

    /** Checks M33: nobody holds a lock while another does, and tokens rise. */
    public static List<Breach> checkLocks(List<Holding> holdings) {
        List<Breach> breaches = new ArrayList<>();
        List<Holding> sorted = new ArrayList<>(holdings);
        sorted.sort((a, b) -> Long.compare(a.from(), b.from()));
        Map<String, Holding> latest = new LinkedHashMap<>();
        for (Holding holding : sorted) {
            Holding before = latest.get(holding.lock());
            if (before != null && before.to() > holding.from()) {
                String text =
                        holding.owner()
                                + " got lock "
                                + holding.lock()
                                + " at "
                                + holding.from()
                                + " while "
                                + before.owner()
                                + " held it until "
                                + before.to();
                breaches.add(new Breach("M33", text));
            }
            if (before != null && before.token() >= holding.token()) {
                String text =
                        "lock "
                                + holding.lock()
                                + " was given with token "
                                + holding.token()
                                + " after token "
                                + before.token();
                breaches.add(new Breach("M33", text));
            }
            if (before == null || before.to() <= holding.to()) {
                latest.put(holding.lock(), holding);
            }
        }
        return breaches;
    }
}
