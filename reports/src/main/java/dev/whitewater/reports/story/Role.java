package dev.whitewater.reports.story;

import java.util.Locale;

/** A role as a reader sees it: a letter, a word, and a pattern of its own in every picture. */
public enum Role {
    FOLLOWER("F", "follower"),
    PRE_CANDIDATE("P", "pre-candidate"),
    CANDIDATE("C", "candidate"),
    LEADER("L", "leader"),
    /** A role this version has no name for. */
    OTHER("·", "other");

    private final String letter;
    private final String word;

    Role(String letter, String word) {
        this.letter = letter;
        this.word = word;
    }

    /** The role named in a trace, however it is spelled: "pre-candidate", "PRE_CANDIDATE". */
    public static Role of(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (Role role : values()) {
            if (role.name().equals(name) || role.name().replace("_", "").equals(name)) {
                return role;
            }
        }
        return OTHER;
    }

    public String letter() {
        return letter;
    }

    public String word() {
        return word;
    }
}
