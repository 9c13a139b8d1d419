package dev.whitewater.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal for work that takes longer than a second; nothing anywhere else. */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final Screen screen;
    private final String task;
    private final long total;
    private final long started = System.nanoTime();
    private ProgressBar bar;
    private long done;

    /**
     * @param total the number of steps, or -1 if nobody knows
     */
    Progress(Screen screen, String task, long total) {
        this.screen = screen;
        this.task = task;
        this.total = total;
    }

    synchronized void step(String remark) {
        done++;
        if (!screen.errIsTerminal() || System.nanoTime() - started < PATIENCE_NANOS) {
            return;
        }
        if (bar == null) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(task)
                            .setInitialMax(total)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setConsumer(
                                    new me.tongfei.progressbar.ConsoleProgressBarConsumer(
                                            screen.err()))
                            .setUpdateIntervalMillis(200)
                            .clearDisplayOnFinish()
                            .build();
        }
        bar.stepTo(done);
        bar.setExtraMessage(remark);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
