/** Judges histories: linearizability, transactional anomalies, watch and lease contracts. */
module dev.whitewater.checker {
    exports dev.whitewater.checker.edn;
    exports dev.whitewater.checker.value;
}
