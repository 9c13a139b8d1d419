package dev.whitewater.store;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From ranges to values, to ask which ranges hold a key: an AVL tree by start and end whose nodes
 * know the greatest end below them (Cormen et al., Introduction to Algorithms, §14.3). Finding,
 * adding and removing a range is O(log n); asking is O(log n) for each range found, at most.
 */
final class IntervalTree<V> {
    private final Node<V> none = new Node<>();
    private Node<V> root = none;

    boolean isEmpty() {
        return root == none;
    }

    /** The value of a range, made now if it has none. */
    V computeIfAbsent(KeyRange keys, Supplier<V> made) {
        Node<V> node = root;
        while (node != none) {
            int order = compare(keys, node.keys);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        V value = made.get();
        root = insert(root, keys, value);
        return value;
    }

    /** Forgets a range. */
    void remove(KeyRange keys) {
        root = remove(root, keys);
    }

    /** Shows the values of all ranges that hold {@code key}, by their start. */
    void visit(Bytes key, Consumer<V> visitor) {
        visit(root, key, visitor);
    }

    private void visit(Node<V> node, Bytes key, Consumer<V> visitor) {
        if (node == none || !node.furthest.isBeforeEnd(key)) {
            return;
        }
        visit(node.left, key, visitor);
        if (key.compareTo(node.keys.start()) >= 0) {
            if (node.keys.isBeforeEnd(key)) {
                visitor.accept(node.value);
            }
            visit(node.right, key, visitor);
        }
    }

    private Node<V> insert(Node<V> node, KeyRange keys, V value) {
        if (node == none) {
            Node<V> added = new Node<>();
            added.keys = keys;
            added.value = value;
            added.left = none;
            added.right = none;
            return update(added);
        }
        if (compare(keys, node.keys) < 0) {
            node.left = insert(node.left, keys, value);
        } else {
            node.right = insert(node.right, keys, value);
        }
        return balance(node);
    }

    private Node<V> remove(Node<V> node, KeyRange keys) {
        if (node == none) {
            return none;
        }
        int order = compare(keys, node.keys);
        if (order < 0) {
            node.left = remove(node.left, keys);
        } else if (order > 0) {
            node.right = remove(node.right, keys);
        } else if (node.left == none || node.right == none) {
            return node.left == none ? node.right : node.left;
        } else {
            Node<V> next = node.right;
            while (next.left != none) {
                next = next.left;
            }
            node.keys = next.keys;
            node.value = next.value;
            node.right = remove(node.right, next.keys);
        }
        return balance(node);
    }

    private Node<V> balance(Node<V> node) {
        int lean = node.left.height - node.right.height;
        if (lean > 1) {
            if (node.left.left.height < node.left.right.height) {
                node.left = rotateLeft(node.left);
            }
            return rotateRight(node);
        }
        if (lean < -1) {
            if (node.right.right.height < node.right.left.height) {
                node.right = rotateRight(node.right);
            }
            return rotateLeft(node);
        }
        return update(node);
    }

    private Node<V> rotateRight(Node<V> node) {
        Node<V> up = node.left;
        node.left = up.right;
        up.right = update(node);
        return update(up);
    }

    private Node<V> rotateLeft(Node<V> node) {
        Node<V> up = node.right;
        node.right = up.left;
        up.left = update(node);
        return update(up);
    }

    private Node<V> update(Node<V> node) {
        node.height = 1 + Math.max(node.left.height, node.right.height);
        node.furthest = node.keys;
        if (node.left != none) {
            node.furthest = further(node.furthest, node.left.furthest);
        }
        if (node.right != none) {
            node.furthest = further(node.furthest, node.right.furthest);
        }
        return node;
    }

    private static KeyRange further(KeyRange one, KeyRange other) {
        return one.isOpenEnded() || !other.isBeforeEnd(one.end()) ? one : other;
    }

    private static int compare(KeyRange one, KeyRange other) {
        int order = one.start().compareTo(other.start());
        return order != 0 ? order : one.end().compareTo(other.end());
    }

    /** A range, its value and what is below; the one that is nowhere has none of it. */
    private static final class Node<V> {
        private KeyRange keys = KeyRange.ALL;
        private V value;
        private Node<V> left;
        private Node<V> right;
        private KeyRange furthest = KeyRange.ALL;
        private int height;
    }
}
