package dev.whitewater.sim.client;

import dev.whitewater.sim.random.Dice;
import dev.whitewater.store.Member;
import dev.whitewater.store.MemberRequest;

import java.util.List;

/**
 * What operators say of who belongs to the cluster: on few ids and addresses, so that names that
 * are taken, gone for good or unknown come up as well.
 */
final class ListCommands {

    private static final int IDS = 12;
    private static final int ADDRESSES = 16;

    private ListCommands() {}

    static MemberRequest drawn(Dice dice) {
        long id = 1L + dice.below(IDS);
        return switch (dice.below(12)) {
            case 0, 1, 2, 3 ->
                    new MemberRequest.AddMember(Member.added(id, urls(dice), dice.oneIn(2)));
            case 4, 5 -> new MemberRequest.PromoteMember(id);
            case 6, 7, 8 -> new MemberRequest.UpdateMember(id, urls(dice));
            case 9, 10 ->
                    new MemberRequest.PublishMember(id, "m" + dice.below(ADDRESSES), urls(dice));
            default -> new MemberRequest.RemoveMember(id);
        };
    }

    private static List<String> urls(Dice dice) {
        String url = "http://n" + dice.below(ADDRESSES);
        return dice.oneIn(4)
                ? List.of(url, "http://n" + (ADDRESSES + dice.below(4)))
                : List.of(url);
    }
}
