package dev.whitewater.bench.serve;

import dev.whitewater.server.EtcdUrl;
import dev.whitewater.server.InitialCluster;
import dev.whitewater.server.LocalCluster;
import dev.whitewater.server.ServerConfig;
import dev.whitewater.server.log.Log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One member in a process of its own: {@code NAME FOLDER CLIENT_PORT PEER_PORT NAME=URL,...}. Lives
 * until it is killed.
 */
public final class MemberMain {

    private MemberMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<EtcdUrl> client = List.of(new EtcdUrl("127.0.0.1", Integer.parseInt(arguments[2])));
        List<EtcdUrl> peer = List.of(new EtcdUrl("127.0.0.1", Integer.parseInt(arguments[3])));
        ServerConfig config =
                new ServerConfig(
                        arguments[0],
                        Path.of(arguments[1]),
                        new ServerConfig.Urls(client, client, peer, peer),
                        InitialCluster.parse(arguments[4], "bench"),
                        ServerConfig.Timing.DEFAULT,
                        100_000);
        PrintStream logs =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        new Log(logs, "bench").info("measured member", "name", config.name());
        try (LocalCluster member = LocalCluster.start(List.of(config), logs)) {
            member.members().forEach(each -> each.ended().join());
            new CountDownLatch(1).await();
        }
    }
}
