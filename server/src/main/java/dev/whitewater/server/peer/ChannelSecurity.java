package dev.whitewater.server.peer;

import io.grpc.netty.shaded.io.netty.channel.Channel;

/**
 * What stands between the wire and the frames: nothing, or TLS. Called once for every new channel
 * before anything else is put into its pipeline.
 */
@FunctionalInterface
public interface ChannelSecurity {

    ChannelSecurity PLAIN = _ -> {};

    void secure(Channel channel);
}
