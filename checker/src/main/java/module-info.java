/** Judges histories: linearizability, transactional anomalies, watch and lease contracts. */
module dev.whitewater.checker {
    requires jdk.management;

    exports dev.whitewater.checker.contract;
    exports dev.whitewater.checker.edn;
    exports dev.whitewater.checker.elle;
    exports dev.whitewater.checker.elle.model;
    exports dev.whitewater.checker.elle.sim;
    exports dev.whitewater.checker.format;
    exports dev.whitewater.checker.history;
    exports dev.whitewater.checker.linear;
    exports dev.whitewater.checker.model;
    exports dev.whitewater.checker.port;
    exports dev.whitewater.checker.revision;
    exports dev.whitewater.checker.runner;
    exports dev.whitewater.checker.value;
    exports dev.whitewater.checker.workload;
}
