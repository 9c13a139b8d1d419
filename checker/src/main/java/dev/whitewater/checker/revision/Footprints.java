package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;

/** Tells what operations claim about the store at which revision, and what they change. */
public interface Footprints {
    /** Reports operation {@code op}, which was answered or may have taken effect. */
    void report(History history, int op, Sink sink);

    /** Where reports go. Keys and values are ids of the history's table; nil means absent. */
    interface Sink {
        /** The key had this value at the revision. */
        void equal(int op, int key, int value, long revision);

        /** The key had another value than this at the revision. */
        void different(int op, int key, int value, long revision);

        /** The operation's revision is its own: it set the key there. */
        void set(int op, int key, int value);

        /**
         * The operation removed the key, or, if its revision belongs to another, found none. For
         * answers that don't tell.
         */
        void removed(int op, int key);

        /** An unanswered operation may have set the key, at a revision nobody told. */
        void maybe(int op, int key, int value);
    }
}
