package dev.whitewater.server.trespass;

import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

/** What must not be in the server: a change that is in no log. */
public final class AppliesByItself {

    private final Store store;

    public AppliesByItself(Store store) {
        this.store = store;
    }

    public void apply(Request request) {
        store.apply(1, request);
    }
}
