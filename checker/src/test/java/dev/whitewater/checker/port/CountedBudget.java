package dev.whitewater.checker.port;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs out after so many looks at it, and a purse of so many bytes. */
public final class CountedBudget implements Budget {
    private final long looks;
    private final long most;
    private final AtomicLong looksLeft;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    public CountedBudget(long looks, long most) {
        this.looks = looks;
        this.most = most;
        this.looksLeft = new AtomicLong(looks);
    }

    /** Without bounds. */
    public static CountedBudget plenty() {
        return new CountedBudget(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    public static CountedBudget looks(long looks) {
        return new CountedBudget(looks, Long.MAX_VALUE);
    }

    public static CountedBudget bytes(long most) {
        return new CountedBudget(Long.MAX_VALUE, most);
    }

    @Override
    public boolean outOfTime() {
        return looksLeft.decrementAndGet() < 0;
    }

    @Override
    public boolean reserve(long bytes) {
        long now = held.addAndGet(bytes);
        if (now <= most) {
            highest.accumulateAndGet(now, Math::max);
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    @Override
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** How often somebody looked. */
    public long looked() {
        return looks - looksLeft.get();
    }

    /** How much is held now. */
    public long held() {
        return held.get();
    }

    /** The most that was ever held. */
    public long highest() {
        return highest.get();
    }
}
