package dev.whitewater.checker.contract;

/**
 * A contract that was broken.
 *
 * @param rule the monitor's id, such as {@code M24}
 */
public record Breach(String rule, String sentence) {}
