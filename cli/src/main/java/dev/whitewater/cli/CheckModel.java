package dev.whitewater.cli;

import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;
import dev.whitewater.scenarios.io.Wording;

import java.nio.file.Path;
import java.util.List;

/** A model of the checker by the name that a user gives it. */
record CheckModel(String name, Model<?> model) {
    private static final List<String> NAMES = List.of("register", "cas-register", "kv", "etcd");

    /** The named model; without a name the one that the file's own name asks for. */
    static CheckModel choose(String name, String initial, Path file) {
        boolean runFolder = file.getFileName().toString().equals("history.jsonl");
        String chosen = name.isEmpty() ? (runFolder ? "etcd" : "cas-register") : name;
        boolean register = chosen.endsWith("register");
        if (!initial.isEmpty() && !register) {
            throw Refused.usage("--initial is for registers, not for " + chosen + ".");
        }
        Model<?> model =
                switch (chosen) {
                    case "register" -> Models.register(value(initial));
                    case "cas-register" -> Models.casRegister(value(initial));
                    case "kv" -> Models.kv();
                    case "etcd" -> Models.etcdKv();
                    default ->
                            throw Refused.usage(
                                    "--model: expected "
                                            + Wording.anyOf(NAMES)
                                            + ", found \""
                                            + chosen
                                            + "\""
                                            + Wording.didYouMean(chosen, NAMES)
                                            + ".");
                };
        return new CheckModel(chosen, model);
    }

    private static Value value(String text) {
        if (text.isEmpty() || text.equals("nil")) {
            return Value.NIL;
        }
        boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9') && text.length() < 19;
        return number ? Value.of(Long.parseLong(text)) : Value.text(text);
    }
}
