package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Claim;
import dev.whitewater.scenarios.Count;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Question;
import dev.whitewater.scenarios.Scenario;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.Item.Entry;
import dev.whitewater.scenarios.io.Item.Scalar;
import dev.whitewater.scenarios.io.Item.Table;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads scenario files and the plans of run folders; {@code docs/formats/scenario.md} describes the
 * format. Reading is strict: what is not understood is refused with file, line and column.
 */
public final class ScenarioFile {

    /** The version of the format that this reader knows. */
    public static final int FORMAT = 1;

    /** The seed of a scenario that names none. */
    public static final long DEFAULT_SEED = 1;

    static final List<String> FIELDS =
            List.of(
                    "format",
                    "name",
                    "title",
                    "story",
                    "teaches",
                    "must-show",
                    "question",
                    "seed",
                    "bugs",
                    "rapids",
                    "cluster",
                    "network",
                    "disk",
                    "clocks",
                    "workload",
                    "faults",
                    "phases");

    private static final List<String> GRADES = List.of("", "I", "II", "III", "IV", "V", "VI");
    private static final int NAME_LENGTH_MAX = 64;

    private final String file;
    private final boolean exact;

    private ScenarioFile(String file, boolean exact) {
        this.file = file;
        this.exact = exact;
    }

    /** A scenario written by hand: what may be left out has a default. */
    public static PlannedRun read(Path path, List<String> overrides) {
        return read(path.toString(), TextFile.read(path, "a scenario"), overrides);
    }

    /** From bytes that messages call {@code file}. */
    public static PlannedRun read(String file, byte[] bytes) {
        return read(file, bytes, List.of());
    }

    /** A scenario with some of its fields changed, each as {@code key=value}. */
    public static PlannedRun read(String file, byte[] bytes, List<String> overrides) {
        Item root = LocatedReader.yaml(file, bytes, "a scenario");
        return new ScenarioFile(file, false).run(Overrides.apply(root, overrides));
    }

    /** The exact plan of a run folder, in which nothing is left out. */
    static PlannedRun readExact(String file, byte[] bytes) {
        return new ScenarioFile(file, true).run(LocatedReader.yaml(file, bytes, "a plan"));
    }

    private PlannedRun run(Item root) {
        checkFormat(root);
        Fields fields = Fields.of(root, "", exact, FIELDS);
        RunPlan plan = plan(fields);
        List<String> faultIds = plan.faults().stream().map(FaultPlan::id).toList();
        Scenario scenario =
                new Scenario(
                        fields.text("title"),
                        fields.text("story"),
                        fields.text("teaches"),
                        claims(fields, faultIds),
                        question(fields, faultIds),
                        plan);
        return new PlannedRun(scenario, bugs(fields), rapids(fields), scenario.name());
    }

    /** The version comes first: every other message would mislead about a newer file. */
    private void checkFormat(Item root) {
        if (!(root instanceof Table table)) {
            throw InputRefused.expected(
                    root.place(), "", "a scenario, which is fields by name", root.describe());
        }
        for (Entry entry : table.entries()) {
            if (entry.name().equals("format")) {
                boolean known =
                        entry.value() instanceof Scalar scalar
                                && scalar.text().equals(Integer.toString(FORMAT));
                if (!known) {
                    throw InputRefused.expected(
                            entry.value().place(),
                            "format",
                            Integer.toString(FORMAT) + ", the only format this version knows",
                            entry.value().describe());
                }
                return;
            }
        }
        throw InputRefused.expected(
                table.place(), "", "the field \"format\"", "a table without it");
    }

    private RunPlan plan(Fields fields) {
        String name = name(fields);
        long seed = fields.has("seed") || exact ? seed(fields) : DEFAULT_SEED;
        PlanSections sections = new PlanSections(fields);
        return fields.checked(
                () ->
                        new RunPlan(
                                name,
                                seed,
                                sections.cluster(),
                                sections.network(),
                                sections.disk(),
                                sections.clocks(),
                                sections.workload(),
                                sections.faults(),
                                sections.phases()));
    }

    private static long seed(Fields fields) {
        return fields.whole("seed", 0, Long.MAX_VALUE);
    }

    private static String name(Fields fields) {
        String name = fields.text("name");
        boolean good =
                name.length() <= NAME_LENGTH_MAX
                        && name.chars()
                                .allMatch(
                                        c ->
                                                (c >= 'a' && c <= 'z')
                                                        || (c >= '0' && c <= '9')
                                                        || c == '-');
        if (!good) {
            throw InputRefused.expected(
                    fields.item("name").place(),
                    "name",
                    "at most 64 small letters, digits and hyphens",
                    fields.item("name").describe());
        }
        return name;
    }

    private static List<String> bugs(Fields fields) {
        List<String> ids = new ArrayList<>();
        for (Item item : fields.listOrNone("bugs")) {
            String id = Fields.text(item, "bugs");
            if (!BugCatalogue.ids().contains(id)) {
                throw InputRefused.expected(
                        item.place(),
                        "bugs",
                        "an id that `whitewater bugs` lists",
                        item.describe() + Wording.didYouMean(id, BugCatalogue.ids()));
            }
            if (ids.contains(id)) {
                throw InputRefused.expected(item.place(), "bugs", "each id once", id + " again");
            }
            ids.add(id);
        }
        return ids;
    }

    private String rapids(Fields fields) {
        if (!fields.has("rapids")) {
            return "";
        }
        Item item = fields.item("rapids");
        if (item instanceof Scalar scalar && GRADES.contains(scalar.text())) {
            return scalar.text();
        }
        throw InputRefused.expected(
                item.place(), "rapids", "a grade from I to VI", item.describe());
    }

    private static List<Claim> claims(Fields fields, List<String> faultIds) {
        List<Claim> claims = new ArrayList<>();
        for (Item item : fields.list("must-show")) {
            claims.add(claim(item, faultIds));
        }
        return claims;
    }

    private static Claim claim(Item item, List<String> faultIds) {
        List<String> names = Arrays.stream(Claim.Kind.values()).map(Claim.Kind::fileName).toList();
        Fields fields = Fields.of(item, "must-show", true, names);
        if (!(item instanceof Table table) || table.entries().size() != 1) {
            throw InputRefused.expected(
                    item.place(), "must-show", "one claim per list item", "several in one");
        }
        Entry entry = table.entries().getFirst();
        Claim.Kind kind = Claim.Kind.values()[names.indexOf(entry.name())];
        String at = fields.at(entry.name());
        if (kind == Claim.Kind.MEMBERS_AGREE) {
            return Claim.of(kind, oneOf(entry.value(), at, List.of("end")));
        }
        return kind.counts()
                ? Claim.of(kind, count(entry.value(), at))
                : Claim.of(kind, oneOf(entry.value(), at, faultIds));
    }

    private static Count count(Item item, String at) {
        String text = item instanceof Scalar scalar ? scalar.text() : "";
        for (Count.Bound bound : Count.Bound.values()) {
            String number =
                    text.startsWith(bound.words() + " ")
                            ? text.substring(bound.words().length() + 1)
                            : "";
            if (!number.isEmpty()
                    && number.length() < 10
                    && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new Count(bound, Long.parseLong(number));
            }
        }
        throw InputRefused.expected(
                item.place(),
                at,
                "\"at least N\", \"at most N\" or \"exactly N\"",
                item.describe());
    }

    private Question question(Fields fields, List<String> faultIds) {
        if (!fields.has("question")) {
            return Question.NONE;
        }
        Fields question = fields.section("question", List.of("who-can-win-after"));
        List<String> moments = new ArrayList<>(faultIds);
        moments.add(Question.START);
        Item moment = question.item("who-can-win-after");
        return new Question(oneOf(moment, question.at("who-can-win-after"), moments));
    }

    private static String oneOf(Item item, String at, List<String> known) {
        if (item instanceof Scalar scalar && known.contains(scalar.text())) {
            return scalar.text();
        }
        String expected =
                known.isEmpty() ? "the id of a fault, and the file has none" : Wording.anyOf(known);
        String found =
                item instanceof Scalar scalar
                        ? item.describe() + Wording.didYouMean(scalar.text(), known)
                        : item.describe();
        throw InputRefused.expected(item.place(), at, expected, found);
    }

    @Override
    public String toString() {
        return file;
    }
}
