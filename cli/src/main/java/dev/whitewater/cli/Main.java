package dev.whitewater.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command {@code whitewater}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: equal runs print equal bytes.
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Screen screen =
                new Screen(
                        out,
                        err,
                        Boolean.getBoolean("whitewater.terminal.out"),
                        Boolean.getBoolean("whitewater.terminal.err"));
        int exitCode = Cli.execute(screen, arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
