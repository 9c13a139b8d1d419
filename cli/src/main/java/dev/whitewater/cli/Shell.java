package dev.whitewater.cli;

/** Words as a POSIX shell reads them. */
final class Shell {

    private Shell() {}

    static String quote(String word) {
        boolean plain =
                !word.isEmpty()
                        && word.chars()
                                .allMatch(
                                        c ->
                                                Character.isLetterOrDigit(c)
                                                        || "-_./=:,+".indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
