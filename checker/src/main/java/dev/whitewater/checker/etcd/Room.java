package dev.whitewater.checker.etcd;

/** How many changes and conditions have been laid out, and whether more may be. */
final class Room {
    /** More than this are too many to hold. */
    private static final long MOST = 20_000_000;

    private long taken;
    private boolean fits = true;

    /** Takes room for so many; false if there is too little. */
    boolean take(long more) {
        taken += more;
        fits &= taken <= MOST;
        return fits;
    }

    /** Something can't be laid out at all. */
    void refuse() {
        fits = false;
    }

    boolean fits() {
        return fits;
    }

    long taken() {
        return taken;
    }
}
