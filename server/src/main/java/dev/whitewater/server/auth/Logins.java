package dev.whitewater.server.auth;

import dev.whitewater.store.port.PasswordHasher;
import dev.whitewater.store.port.Tokens;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Passwords and tokens, and the threads that look at passwords: that is slow on purpose, so neither
 * the state-machine thread nor the event loop ever does it.
 */
public final class Logins implements AutoCloseable {

    /** More than that at a time are refused. */
    private static final int WAITING_MOST = 1_000;

    private final PasswordHasher passwords;
    private final Tokens tokens;
    private final ThreadPoolExecutor threads;

    public Logins(PasswordHasher passwords, Tokens tokens) {
        this.passwords = passwords;
        this.tokens = tokens;
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING_MOST),
                        Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    public PasswordHasher passwords() {
        return passwords;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Has it done soon; false: there is too much to do already. */
    public boolean offer(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
