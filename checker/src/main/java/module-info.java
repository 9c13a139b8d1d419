/** Judges histories: linearizability, transactional anomalies, watch and lease contracts. */
module dev.whitewater.checker {
    exports dev.whitewater.checker.edn;
    exports dev.whitewater.checker.format;
    exports dev.whitewater.checker.history;
    exports dev.whitewater.checker.linear;
    exports dev.whitewater.checker.model;
    exports dev.whitewater.checker.port;
    exports dev.whitewater.checker.revision;
    exports dev.whitewater.checker.value;
}
