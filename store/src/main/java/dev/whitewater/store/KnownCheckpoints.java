package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

import java.util.List;

/**
 * Several layouts: the first is written, each is read. So a member may be told to write another one
 * than before, or than its peers do, and still reads all there is.
 */
public final class KnownCheckpoints implements Checkpoints {
    private final List<Checkpoints> layouts;

    public KnownCheckpoints(List<Checkpoints> layouts) {
        if (layouts.isEmpty()) {
            throw new BrokenInvariant("some-layout-is-written", "none is known");
        }
        this.layouts = List.copyOf(layouts);
    }

    @Override
    public Writer begin(Store store, BackendFile file) {
        return layouts.getFirst().begin(store, file);
    }

    @Override
    public Reader open(BackendFile file, Limits limits) {
        for (Checkpoints layout : layouts) {
            if (layout.isLaidOutIn(file)) {
                return layout.open(file, limits);
            }
        }
        throw new MalformedSnapshot("layout: expected one of " + layouts.size() + " known ones");
    }

    @Override
    public boolean isLaidOutIn(BackendFile file) {
        return layouts.stream().anyMatch(layout -> layout.isLaidOutIn(file));
    }
}
