package dev.whitewater.checker.elle;

/** What an event of a history says about its transaction. */
public enum OpType {
    /** It begins. */
    INVOKE("invoke", 0),
    /** It committed. */
    OK("ok", 1),
    /** It aborted: it had no effect. */
    FAIL("fail", 2),
    /** Nobody knows whether it committed, or will. */
    INFO("info", 3);

    private final String label;
    private final byte code;

    OpType(String label, int code) {
        this.label = label;
        this.code = (byte) code;
    }

    /** The number by which columns hold it. */
    byte code() {
        return code;
    }

    static OpType of(byte code) {
        for (OpType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("event type: expected 0 to 3, got " + code);
    }

    public String label() {
        return label;
    }
}
