package dev.whitewater.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A fresh JVM that runs this program with other flags. */
final class ChildJvm {

    private ChildJvm() {}

    /** What it printed, line by line. */
    static List<String> run(JvmVariant variant, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(variant.java().toString());
        command.addAll(variant.flags());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // Flags for the parent must not reach the child.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = waitFor(process);
        if (exitCode != ExitCode.PASSED) {
            throw new Refused(
                    ExitCode.HARNESS_FAILED,
                    "a JVM with " + variant.name() + " answered " + exitCode + " instead of 0.");
        }
        return output.lines().toList();
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a JVM", e);
        }
    }
}
