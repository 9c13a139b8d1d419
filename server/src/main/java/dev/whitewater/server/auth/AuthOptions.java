package dev.whitewater.server.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How passwords and tokens are made; must be the same on all members. */
public record AuthOptions(TokenKey tokenKey, Duration tokenLifetime, int bcryptCost) {

    /** etcd's {@code --auth-token-ttl}. */
    public static final int TTL_SECONDS_USUAL = 300;

    public static final AuthOptions DEFAULT =
            new AuthOptions(
                    new TokenKey.OfPasswords(),
                    Duration.ofSeconds(TTL_SECONDS_USUAL),
                    BCryptPasswords.COST_USUAL);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(h|m|s)");

    /** What tokens are signed with. */
    public sealed interface TokenKey {

        /** A key of each user's own, as {@link KnownUsers} makes it. */
        record OfPasswords() implements TokenKey {}

        /** One that all members were given. */
        record Shared(byte[] key) implements TokenKey {}
    }

    /**
     * As etcd's flags say it: {@code --auth-token simple}, or {@code
     * jwt,sign-method=HS256,priv-key=FILE,ttl=5m}; the lifetime of {@code simple} is {@code
     * --auth-token-ttl}.
     */
    public static AuthOptions parse(String token, int ttlSeconds, int bcryptCost) {
        new BCryptPasswords(bcryptCost);
        if (token.equals("simple")) {
            if (ttlSeconds < 1) {
                throw new IllegalArgumentException(
                        "--auth-token-ttl: expected 1 or more, got " + ttlSeconds);
            }
            return new AuthOptions(
                    new TokenKey.OfPasswords(), Duration.ofSeconds(ttlSeconds), bcryptCost);
        }
        if (!token.startsWith("jwt,")) {
            throw new IllegalArgumentException(
                    "--auth-token: expected simple, or jwt and its options, got " + token);
        }
        return jwt(token.substring("jwt,".length()), bcryptCost);
    }

    private static AuthOptions jwt(String options, int bcryptCost) {
        String method = "";
        String file = "";
        Duration lifetime = Duration.ofSeconds(TTL_SECONDS_USUAL);
        for (String option : options.split(",", -1)) {
            String value = option.substring(option.indexOf('=') + 1);
            switch (option.substring(0, Math.max(0, option.indexOf('=')))) {
                case "sign-method" -> method = value;
                case "priv-key" -> file = value;
                case "ttl" -> lifetime = duration(value);
                default ->
                        throw new IllegalArgumentException(
                                "--auth-token: expected sign-method=, priv-key= or ttl=, got "
                                        + option);
            }
        }
        if (!method.equals("HS256")) {
            throw new IllegalArgumentException(
                    "--auth-token: expected sign-method=HS256, got "
                            + (method.isEmpty() ? "none" : method));
        }
        return new AuthOptions(new TokenKey.Shared(key(file)), lifetime, bcryptCost);
    }

    private static byte[] key(String file) {
        byte[] key;
        try {
            key = Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--auth-token: can't read priv-key=" + file + ": " + e.getMessage(), e);
        }
        if (key.length < SigningKeys.BYTES_LEAST) {
            throw new IllegalArgumentException(
                    "--auth-token: expected a priv-key of at least "
                            + SigningKeys.BYTES_LEAST
                            + " bytes, got "
                            + key.length);
        }
        return key;
    }

    /** Go's way to write it, as far as hours, minutes and seconds go. */
    private static Duration duration(String text) {
        Matcher part = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            sum =
                    switch (part.group(2)) {
                        case "h" -> sum.plusHours(count);
                        case "m" -> sum.plusMinutes(count);
                        default -> sum.plusSeconds(count);
                    };
            end = part.end();
        }
        if (end != text.length() || sum.isZero()) {
            throw new IllegalArgumentException(
                    "--auth-token: expected a ttl like 5m or 1h30m, got " + text);
        }
        return sum;
    }

    /** What tokens are signed with on the member that knows these users. */
    public SigningKeys keys(KnownUsers users) {
        return switch (tokenKey) {
            case TokenKey.OfPasswords _ -> users;
            case TokenKey.Shared shared -> _ -> Optional.of(shared.key());
        };
    }
}
