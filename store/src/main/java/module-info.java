/**
 * The replicated state machine: etcd's data model as a deterministic function of applied commands.
 */
module dev.whitewater.store {
    requires kotlin.stdlib;
    requires mapdb;

    exports dev.whitewater.store;
    exports dev.whitewater.store.mapdb;
    exports dev.whitewater.store.port;
}
