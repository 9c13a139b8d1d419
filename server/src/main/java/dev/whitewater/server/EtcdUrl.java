package dev.whitewater.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** A URL as etcd's flags take it: {@code http://host:port}, nothing after the port. */
public record EtcdUrl(String host, int port) {

    private static final int PORTS = 1 << 16;

    /** Throws {@link IllegalArgumentException} with one sentence. */
    public static EtcdUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        if ("https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "TLS is not there yet: expected http://host:port, got " + text);
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        boolean wellFormed =
                "http".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getPort() >= 0
                        && uri.getPort() < PORTS
                        && (path.isEmpty() || path.equals("/"));
        if (!wellFormed) {
            throw new IllegalArgumentException(expected(text));
        }
        String host = uri.getHost();
        return new EtcdUrl(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort());
    }

    private static String expected(String text) {
        return "expected a URL like http://127.0.0.1:2379, got \"" + text + "\"";
    }

    /** Several, separated by commas. */
    public static List<EtcdUrl> parseAll(String text) {
        List<EtcdUrl> urls = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            urls.add(parse(part));
        }
        return List.copyOf(urls);
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
