package dev.whitewater.store;

import java.util.List;

/**
 * What all members know of one.
 *
 * @param name empty until it started and said so
 * @param peerUrls where other members reach it
 * @param clientUrls where clients reach it, as it said itself
 * @param isLearner it doesn't vote
 */
public record Member(
        long id, String name, List<String> peerUrls, List<String> clientUrls, boolean isLearner) {

    public Member {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }

    public static Member added(long id, List<String> peerUrls, boolean isLearner) {
        return new Member(id, "", peerUrls, List.of(), isLearner);
    }

    Member withPeerUrls(List<String> urls) {
        return new Member(id, name, urls, clientUrls, isLearner);
    }

    Member promoted() {
        return new Member(id, name, peerUrls, clientUrls, false);
    }

    Member published(String itsName, List<String> urls) {
        return new Member(id, itsName, peerUrls, urls, isLearner);
    }

    long fact() {
        long fact = StateHash.fold(StateHash.fold(7, id), isLearner ? 1 : 0);
        fact = StateHash.fold(fact, Bytes.utf8(name).hash64());
        for (String url : peerUrls) {
            fact = StateHash.fold(fact, Bytes.utf8(url).hash64());
        }
        fact = StateHash.fold(fact, peerUrls.size());
        for (String url : clientUrls) {
            fact = StateHash.fold(fact, Bytes.utf8(url).hash64());
        }
        return fact;
    }
}
