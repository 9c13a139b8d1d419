package dev.whitewater.store.backend;

class MemoryBackendTest extends BackendContract {
    @Override
    Backend backend() {
        return new MemoryBackend();
    }
}
