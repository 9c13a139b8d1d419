package dev.whitewater.store;

/** A request and who makes it. One that isn't attributed is {@link Caller#NOBODY}'s. */
public record Attributed(Caller caller, Request request) implements Request {

    public Attributed {
        if (request instanceof Attributed) {
            throw new BrokenInvariant("one-caller-a-request", request.toString());
        }
    }

    /** A member's own, for the cluster's needs. */
    public static Attributed member(Request request) {
        return new Attributed(Caller.MEMBER, request);
    }

    /** The request, whoever makes it. */
    public static Request strip(Request request) {
        return request instanceof Attributed attributed ? attributed.request() : request;
    }
}
