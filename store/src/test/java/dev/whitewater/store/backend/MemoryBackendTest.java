package dev.whitewater.store.backend;

class MemoryBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new MemoryBackend();
    }
}
