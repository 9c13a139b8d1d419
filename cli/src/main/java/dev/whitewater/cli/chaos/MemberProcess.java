package dev.whitewater.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A member in a JVM of its own, which is killed and started again. */
final class MemberProcess {

    /** A small heap and a quick start; what is tested is not speed. */
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx512m",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private final List<String> command;
    private final Path log;
    private final int clientPort;
    private Process process;

    /** Starts it; {@code arguments} are those of {@code serve}. */
    MemberProcess(String mainClass, List<String> arguments, Path log, int clientPort)
            throws IOException {
        this.log = log;
        this.clientPort = clientPort;
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, "serve"));
        command.addAll(arguments);
        process = start();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return builder.start();
    }

    int clientPort() {
        return clientPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    Path log() {
        return log;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void restart() throws IOException {
        process = start();
    }

    /** Asks it to stop and waits for it; its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }
}
