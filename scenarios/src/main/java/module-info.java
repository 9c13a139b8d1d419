/** What is run, how it is judged and where it is written. */
module dev.whitewater.scenarios {
    requires dev.whitewater.node;
    requires transitive dev.whitewater.sim;
    requires transitive dev.whitewater.checker;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;
    requires org.snakeyaml.engine;

    exports dev.whitewater.scenarios;
    exports dev.whitewater.scenarios.bugs;
    exports dev.whitewater.scenarios.explore;
    exports dev.whitewater.scenarios.io;
    exports dev.whitewater.scenarios.swarm;
}
