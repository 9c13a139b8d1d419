package dev.whitewater.sim.monitor;

/** The same reading for everyone, which a test sets as it likes. */
final class OneClock implements LeasePromises.Clocks {

    long reading;

    @Override
    public long now() {
        return reading;
    }

    @Override
    public long reading(int ofMember) {
        return reading;
    }
}
