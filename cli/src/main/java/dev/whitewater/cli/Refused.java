package dev.whitewater.cli;

/** A command can't do what it was asked to; the message is one sentence for the user. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Refused(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    static Refused usage(String sentence) {
        return new Refused(ExitCode.USAGE, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
