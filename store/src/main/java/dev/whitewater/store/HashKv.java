package dev.whitewater.store;

import dev.whitewater.store.kv.KvHash;

/** Whether keys can be hashed as of a revision, and by what. */
public sealed interface HashKv {

    /** They can, step by step. */
    record Begun(Steps steps) implements HashKv {}

    /** They can't: the revision is compacted or in the future. */
    record Refused(ErrorCode code) implements HashKv {}

    /** The work itself; whoever began it ends it, by its last step or by giving up. */
    final class Steps {
        private final KvHash hash;

        Steps(KvHash hash) {
            this.hash = hash;
        }

        /** Goes over {@code versionsMost} versions more; true if more remain. */
        public boolean step(int versionsMost) {
            return hash.step(versionsMost);
        }

        /** Gives up, if it isn't done. */
        public void abandon() {
            hash.abandon();
        }

        /** etcd's hash of all keys, after the last step. */
        public int value() {
            return hash.value();
        }

        /** The revision that it stands for. */
        public long revision() {
            return hash.revision();
        }

        /** Hashes of two members can be compared if this is equal too; -1: never compacted. */
        public long compactRevision() {
            return hash.compactRevision();
        }
    }
}
