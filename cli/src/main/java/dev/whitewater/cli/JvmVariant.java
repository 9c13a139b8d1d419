package dev.whitewater.cli;

import java.util.List;

/**
 * A way to start a JVM that changes what programs must not depend on.
 *
 * @param flags of {@code java}
 */
record JvmVariant(String name, List<String> flags) {

    /** The first one is what the others are compared with. */
    static List<JvmVariant> all() {
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
