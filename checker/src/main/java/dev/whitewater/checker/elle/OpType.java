package dev.whitewater.checker.elle;

/** What an event of a history says about its transaction. */
public enum OpType {
    /** It begins. */
    INVOKE("invoke"),
    /** It committed. */
    OK("ok"),
    /** It aborted: it had no effect. */
    FAIL("fail"),
    /** Nobody knows whether it committed, or will. */
    INFO("info");

    private final String label;

    OpType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
