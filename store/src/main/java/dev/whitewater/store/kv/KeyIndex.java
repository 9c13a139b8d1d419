package dev.whitewater.store.kv;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From keys to their histories, in order: a B+ tree that also knows how many keys are alive under
 * each node, so that counting a range needn't visit it. Everything is O(log n). Single keys are
 * looked up in a {@link KeyTable} beside it, which is derived from the tree.
 *
 * <p>Nodes are split when full and dropped when empty, never merged: keys leave only when
 * compaction removes the last trace of them.
 */
final class KeyIndex {
    private IndexNode root = new IndexNode(true);
    private final KeyTable table = new KeyTable();

    /** The history of a key, {@link KeyHistory#NONE} if there is none. */
    KeyHistory get(Bytes key) {
        KeyHistory found = table.get(key);
        return found == KeyHistory.NONE && table.isIncompleteFor(key)
                ? leafOf(key).exact(key)
                : found;
    }

    /** Begins the history of a key that has none, and counts it as alive or not. */
    KeyHistory add(Bytes key, boolean isAlive) {
        if (root.isFull()) {
            IndexNode old = root;
            root = new IndexNode(false);
            root.insertChild(0, old, old.aliveTotal());
            splitChild(root, 0);
        }
        IndexNode node = root;
        while (!node.leaf) {
            // A node's first key must bound what is under its first slot: when that is split, the
            // key between the halves becomes the second, and would else be less than the first.
            if (key.compareTo(node.key(0)) < 0) {
                node.lowerFirst(key);
            }
            int at = node.slotFor(key);
            if (node.child(at).isFull()) {
                splitChild(node, at);
                at = node.slotFor(key);
            }
            if (isAlive) {
                node.addAlive(at, 1);
            }
            node = node.child(at);
        }
        int at = node.find(key);
        if (at >= 0) {
            throw new BrokenInvariant("one-history-a-key", key.toString());
        }
        KeyHistory history = new KeyHistory(key);
        node.insertHistory(~at, history, isAlive);
        table.add(history);
        return history;
    }

    /** Keeps the counts right after a key came back to life or died. */
    void noteAlive(KeyHistory history) {
        int change = history.isAlive() ? 1 : -1;
        IndexNode node = root;
        while (!node.leaf) {
            int at = node.slotFor(history.key);
            node.addAlive(at, change);
            node = node.child(at);
        }
        node.setAlive(node.find(history.key), history.isAlive());
    }

    /** Forgets a key, whose history must be over. */
    void remove(Bytes key) {
        Deque<IndexNode> path = new ArrayDeque<>();
        IndexNode node = root;
        while (!node.leaf) {
            path.push(node);
            node = node.child(node.slotFor(key));
        }
        int at = node.find(key);
        if (at < 0 || node.history(at).isAlive()) {
            throw new BrokenInvariant("remove-what-is-over", key.toString());
        }
        table.remove(node.history(at));
        node.remove(at);
        while (node.size == 0 && !path.isEmpty()) {
            if (node.leaf) {
                node.unlink();
            }
            node = path.pop();
            node.remove(node.slotFor(key));
        }
        shrink();
    }

    /** How many keys of a range are alive. */
    long aliveIn(KeyRange keys) {
        if (keys.isSingle()) {
            return get(keys.start()).isAlive() ? 1 : 0;
        }
        long below = aliveBelow(keys.start());
        long upTo = keys.isOpenEnded() ? root.aliveTotal() : aliveBelow(keys.end());
        return Math.max(0, upTo - below);
    }

    /** Shows the histories of a range in key order, until the visitor has enough. */
    void scan(KeyRange keys, Visitor visitor) {
        if (keys.isSingle()) {
            KeyHistory history = get(keys.start());
            if (history != KeyHistory.NONE) {
                visitor.visit(history);
            }
            return;
        }
        IndexNode leaf = leafOf(keys.start());
        int found = leaf.find(keys.start());
        int at = found >= 0 ? found : ~found;
        while (true) {
            // A look at the last key spares one at each.
            boolean whole = leaf.size > 0 && keys.isBeforeEnd(leaf.key(leaf.size - 1));
            for (; at < leaf.size; at++) {
                KeyHistory history = leaf.history(at);
                boolean inRange = whole || keys.isBeforeEnd(history.key);
                if (!inRange || !visitor.visit(history)) {
                    return;
                }
            }
            if (leaf.behind == leaf) {
                return;
            }
            leaf = leaf.behind;
            at = 0;
        }
    }

    private IndexNode leafOf(Bytes key) {
        IndexNode node = root;
        while (!node.leaf) {
            node = node.child(node.slotFor(key));
        }
        return node;
    }

    private long aliveBelow(Bytes key) {
        long below = 0;
        IndexNode node = root;
        while (!node.leaf) {
            int at = node.slotFor(key);
            below += node.aliveBelow(at);
            node = node.child(at);
        }
        int at = node.find(key);
        return below + node.aliveBelow(at >= 0 ? at : ~at);
    }

    private static void splitChild(IndexNode parent, int at) {
        IndexNode upper = parent.child(at).split();
        long aliveAbove = upper.aliveTotal();
        parent.addAlive(at, -aliveAbove);
        parent.insertChild(at + 1, upper, aliveAbove);
    }

    private void shrink() {
        while (!root.leaf && root.size == 1) {
            root = root.child(0);
        }
        if (!root.leaf && root.size == 0) {
            root = new IndexNode(true);
        }
    }

    /** Whoever is shown histories one after the other; true asks for the next. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(KeyHistory history);
    }
}
