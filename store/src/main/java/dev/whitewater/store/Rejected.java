package dev.whitewater.store;

/**
 * Nothing took place, on any member.
 *
 * @param message etcd's text, which clients match on
 */
public record Rejected(ErrorCode code, String message) implements Response {

    public static Rejected because(ErrorCode code) {
        return new Rejected(code, code.text());
    }
}
