package dev.whitewater.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to start a JVM that changes what programs must not depend on.
 *
 * @param java the program that is the JVM
 * @param flags of {@code java}
 */
record JvmVariant(String name, Path java, List<String> flags) {
    private static final int OLDEST_JDK = 25;

    JvmVariant(String name, List<String> flags) {
        this(name, java(Path.of(System.getProperty("java.home"))), flags);
    }

    private static Path java(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /** The first one is what the others are compared with. */
    static List<JvmVariant> all() {
        List<JvmVariant> all = new ArrayList<>(ofThisJdk());
        all.addAll(ofOtherJdks(Path.of(System.getProperty("java.home"))));
        return List.copyOf(all);
    }

    /** Other JDKs beside this one that can run this program, by the name of their folder. */
    static List<JvmVariant> ofOtherJdks(Path home) {
        List<JvmVariant> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(home.toRealPath().getParent())) {
            for (Path folder : folders.sorted().toList()) {
                boolean other = !Files.isSymbolicLink(folder) && !Files.isSameFile(folder, home);
                if (other && Files.isExecutable(java(folder)) && version(folder) >= OLDEST_JDK) {
                    String name = "JDK in " + folder.getFileName();
                    found.add(new JvmVariant(name, java(folder), List.of()));
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** The feature release that a JDK's own file names; 0 if it names none. */
    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        for (String line : Files.readAllLines(release)) {
            if (line.startsWith("JAVA_VERSION=\"")) {
                String digits = line.substring("JAVA_VERSION=\"".length()).split("[^0-9]", 2)[0];
                return digits.isEmpty() ? 0 : Integer.parseInt(digits);
            }
        }
        return 0;
    }

    private static List<JvmVariant> ofThisJdk() {
        return List.of(
                new JvmVariant("plain", List.of()),
                identityHash(0),
                identityHash(2),
                identityHash(3),
                identityHash(5),
                new JvmVariant("interpreter", List.of("-Xint")),
                new JvmVariant("C1 only", List.of("-XX:TieredStopAtLevel=1")),
                new JvmVariant("Serial GC", List.of("-XX:+UseSerialGC")),
                new JvmVariant("G1 GC", List.of("-XX:+UseG1GC")),
                new JvmVariant(
                        "Turkish, Kathmandu, Latin-1",
                        List.of(
                                "-Duser.language=tr",
                                "-Duser.country=TR",
                                "-Duser.timezone=Asia/Kathmandu",
                                "-Dfile.encoding=ISO-8859-1")));
    }

    /** Identity hashes: random, all equal, counted, or derived from the thread. */
    private static JvmVariant identityHash(int mode) {
        return new JvmVariant(
                "hashCode=" + mode,
                List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=" + mode));
    }
}
