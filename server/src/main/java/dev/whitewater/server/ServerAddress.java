package dev.whitewater.server;

import java.net.InetSocketAddress;

/**
 * A URL as etcd's flags write it: {@code http://host:port}.
 *
 * @param host a name or an address, IPv6 without its brackets
 */
public record ServerAddress(String host, int port) {

    public InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }
}
