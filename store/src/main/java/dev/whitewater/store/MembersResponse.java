package dev.whitewater.store;

import java.util.List;

/** The members after a {@link MemberRequest}, by id. */
public record MembersResponse(long revision, List<Member> members) implements Response {}
